package dev.waybill.relay.topic;

import dev.waybill.runtime.BadSettingsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the relay's topics, and refuses those that could not keep what the relay promises. */
public final class Topics {
  private static final Logger log = LoggerFactory.getLogger(Topics.class);
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final Map<String, Object> clientConfig;
  private volatile @Nullable String notPrepared = "the topics are not checked yet";

  public Topics(Map<String, Object> clientConfig) {
    this.clientConfig = new HashMap<>(clientConfig);
    // Else it would take a minute until it is said that Kafka is away.
    this.clientConfig.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    this.clientConfig.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
  }

  /** What {@link #prepare} waits for; empty when it is done. */
  public Optional<String> notPrepared() {
    return Optional.ofNullable(notPrepared);
  }

  /**
   * Creates what is missing and checks what is there. Waits for as long as Kafka is away, and says
   * so once.
   *
   * @return the largest record that the topic of the events takes, in bytes
   * @throws BadSettingsException naming everything that is wrong with the topics
   * @throws InterruptedException when interrupted while waiting
   */
  public int prepare(TopicRules events, TopicRules cursors) throws InterruptedException {
    boolean said = false;
    while (true) {
      try (Admin admin = Admin.create(clientConfig)) {
        int maxMessageBytes = prepare(admin, events, cursors);
        notPrepared = null;
        return maxMessageBytes;
      } catch (ExecutionException | KafkaException failure) {
        Throwable cause = failure instanceof ExecutionException ? failure.getCause() : failure;
        if (cause instanceof ApiException && !(cause instanceof RetriableException)) {
          throw new BadSettingsException(
              List.of("topics " + events.name() + ", " + cursors.name() + ": " + cause));
        }
        notPrepared = "Kafka is away: " + cause;
        if (!said) {
          log.warn(
              "{}; nothing is read until it is there, asking every {} s",
              notPrepared,
              RETRY.toSeconds());
          said = true;
        }
      }
      TimeUnit.MILLISECONDS.sleep(RETRY.toMillis());
    }
  }

  private static int prepare(Admin admin, TopicRules events, TopicRules cursors)
      throws ExecutionException, InterruptedException {
    List<String> refusals = new ArrayList<>();
    Config config = prepare(admin, events, refusals);
    var unused = prepare(admin, cursors, refusals);
    if (!refusals.isEmpty()) {
      throw new BadSettingsException(refusals);
    }
    return Integer.parseInt(config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value());
  }

  private static Config prepare(Admin admin, TopicRules rules, List<String> refusals)
      throws ExecutionException, InterruptedException {
    Optional<TopicDescription> existing = describe(admin, rules.name());
    if (existing.isEmpty()) {
      Optional<Config> created = create(admin, rules);
      return created.isPresent() ? created.get() : config(admin, rules.name());
    }
    Config config = config(admin, rules.name());
    rules.warnings(existing.get(), config).forEach(log::warn);
    refusals.addAll(rules.refusals(existing.get(), config));
    return config;
  }

  /** The configuration of the new topic; empty when another instance was faster. */
  private static Optional<Config> create(Admin admin, TopicRules rules)
      throws ExecutionException, InterruptedException {
    Optional<Short> replicas =
        rules.replicationFactor() < 0 ? Optional.empty() : Optional.of(rules.replicationFactor());
    NewTopic topic = new NewTopic(rules.name(), Optional.of(rules.partitions()), replicas);
    try {
      Config config =
          admin.createTopics(List.of(topic.configs(rules.created()))).config(rules.name()).get();
      log.info("created topic {} with {} partitions", rules.name(), rules.partitions());
      return Optional.of(config);
    } catch (ExecutionException failure) {
      if (!(failure.getCause() instanceof TopicExistsException)) {
        throw failure;
      }
      log.info("topic {} was created by another instance", rules.name());
      return Optional.empty();
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
