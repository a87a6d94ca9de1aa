package dev.waybill.relay.topic;

import dev.waybill.runtime.BadSettingsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the relay's topics, and refuses those that could not keep what the relay promises. */
public final class Topics {
  private static final Logger log = LoggerFactory.getLogger(Topics.class);
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final Map<String, Object> clientConfig;

  public Topics(Map<String, Object> clientConfig) {
    this.clientConfig = clientConfig;
  }

  /**
   * Creates what is missing and checks what is there. Waits for as long as Kafka is away, and says
   * so once.
   *
   * @throws BadSettingsException naming everything that is wrong with the topics
   */
  public void prepare(List<TopicRules> topics) throws InterruptedException {
    boolean said = false;
    while (true) {
      try (Admin admin = Admin.create(clientConfig)) {
        List<String> refusals = new ArrayList<>();
        for (TopicRules rules : topics) {
          refusals.addAll(prepare(admin, rules));
        }
        if (!refusals.isEmpty()) {
          throw new BadSettingsException(refusals);
        }
        return;
      } catch (ExecutionException failure) {
        if (!(failure.getCause() instanceof RetriableException)) {
          throw new IllegalStateException("cannot prepare the topics", failure.getCause());
        }
        if (!said) {
          log.warn(
              "Kafka is away ({}); nothing is read until it is there, asking every {} s",
              String.valueOf(failure.getCause().getMessage()),
              RETRY.toSeconds());
          said = true;
        }
      }
      TimeUnit.MILLISECONDS.sleep(RETRY.toMillis());
    }
  }

  private static List<String> prepare(Admin admin, TopicRules rules)
      throws ExecutionException, InterruptedException {
    Optional<TopicDescription> existing = describe(admin, rules.name());
    if (existing.isEmpty()) {
      create(admin, rules);
      return List.of();
    }
    Config config = config(admin, rules.name());
    rules.warnings(existing.get(), config).forEach(log::warn);
    return rules.refusals(existing.get(), config);
  }

  private static void create(Admin admin, TopicRules rules)
      throws ExecutionException, InterruptedException {
    Optional<Short> replicas =
        rules.replicationFactor() < 0 ? Optional.empty() : Optional.of(rules.replicationFactor());
    NewTopic topic = new NewTopic(rules.name(), Optional.of(rules.partitions()), replicas);
    try {
      admin.createTopics(List.of(topic.configs(rules.created()))).all().get();
      log.info("created topic {} with {} partitions", rules.name(), rules.partitions());
    } catch (ExecutionException failure) {
      if (!(failure.getCause() instanceof TopicExistsException)) {
        throw failure;
      }
      log.info("topic {} was created by another instance", rules.name());
    }
  }

  private static Optional<TopicDescription> describe(Admin admin, String name)
      throws ExecutionException, InterruptedException {
    try {
      return Optional.ofNullable(
          admin.describeTopics(List.of(name)).allTopicNames().get().get(name));
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  private static Config config(Admin admin, String name)
      throws ExecutionException, InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
    return Objects.requireNonNull(
        admin.describeConfigs(List.of(resource)).all().get().get(resource));
  }
}
