package dev.waybill.consumer.topics;

import dev.waybill.runtime.BadSettingsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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

/** Waits for the topic of the events, and prepares those that B writes. */
public final class Topics {
  private static final Logger log = LoggerFactory.getLogger(Topics.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Map<String, Object> clientConfig;
  private final short replicationFactor;
  private final Consumer<String> waiting;

  /**
   * Does nothing yet.
   *
   * @param replicationFactor of created topics; -1 for the broker's default
   * @param waiting told what is waited for, in words
   */
  public Topics(Map<String, Object> clientConfig, int replicationFactor, Consumer<String> waiting) {
    this.clientConfig = clientConfig;
    this.replicationFactor = (short) replicationFactor;
    this.waiting = waiting;
  }

  /**
   * Waits for as long as Kafka is away or the topic of the events is missing, and says each once.
   * Then creates what is missing of B's own and checks what is there.
   *
   * @throws BadSettingsException naming everything that is wrong with the topics
   */
  public SourceTopic prepare(
      String events,
      Duration idRetention,
      String deadLetters,
      Duration deadLetterRetention,
      String notifications)
      throws InterruptedException {
    SourceTopic source = await(admin -> source(admin, events));
    source.warnings(idRetention).forEach(log::warn);
    List<OwnTopic> own =
        List.of(
            OwnTopic.deadLetters(deadLetters, source, deadLetterRetention),
            OwnTopic.notifications(notifications));
    List<String> refusals = await(admin -> Optional.of(prepare(admin, own, source.partitions())));
    if (!refusals.isEmpty()) {
      throw new BadSettingsException(refusals);
    }
    return source;
  }

  /** Asks until there is an answer. */
  private interface Question<T> {
    Optional<T> ask(Admin admin) throws ExecutionException, InterruptedException;
  }

  private <T> T await(Question<T> question) throws InterruptedException {
    String said = "";
    while (true) {
      String reason = "the topic of the events does not exist yet; the relay creates it";
      try (Admin admin = Admin.create(clientConfig)) {
        Optional<T> answer = question.ask(admin);
        if (answer.isPresent()) {
          return answer.get();
        }
      } catch (ExecutionException failure) {
        if (!(failure.getCause() instanceof RetriableException)) {
          throw new IllegalStateException("cannot prepare the topics", failure.getCause());
        }
        reason = "Kafka is away: " + failure.getCause().getMessage();
      }
      if (!said.equals(reason)) {
        log.warn("waiting, asking every {} s: {}", RETRY.toSeconds(), reason);
        waiting.accept(reason);
        said = reason;
      }
      TimeUnit.MILLISECONDS.sleep(RETRY.toMillis());
    }
  }

  private static Optional<SourceTopic> source(Admin admin, String name)
      throws ExecutionException, InterruptedException {
    Optional<TopicDescription> description = describe(admin, name);
    return description.isEmpty()
        ? Optional.empty()
        : Optional.of(
            SourceTopic.of(name, description.get().partitions().size(), config(admin, name)));
  }

  private List<String> prepare(Admin admin, List<OwnTopic> topics, int partitions)
      throws ExecutionException, InterruptedException {
    List<String> refusals = new ArrayList<>();
    for (OwnTopic topic : topics) {
      if (describe(admin, topic.name()).isEmpty()) {
        create(admin, topic, partitions);
      } else {
        refusals.addAll(topic.refusals(config(admin, topic.name())));
      }
    }
    return refusals;
  }

  private void create(Admin admin, OwnTopic topic, int partitions)
      throws ExecutionException, InterruptedException {
    Optional<Short> replicas =
        replicationFactor < 0 ? Optional.empty() : Optional.of(replicationFactor);
    NewTopic request =
        new NewTopic(topic.name(), Optional.of(partitions), replicas).configs(topic.created());
    try {
      admin.createTopics(List.of(request)).all().get();
      log.info("created topic {} with {} partitions", topic.name(), partitions);
    } catch (ExecutionException failure) {
      if (!(failure.getCause() instanceof TopicExistsException)) {
        throw failure;
      }
      log.info("topic {} was created by another instance", topic.name());
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
