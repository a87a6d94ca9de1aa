package dev.waybill.relay.topic;

import dev.waybill.runtime.BadSettingsException;
import dev.waybill.runtime.topics.FoundTopic;
import dev.waybill.runtime.topics.TopicAdmin;
import dev.waybill.runtime.topics.UntilAnswered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the relay's topics, and refuses those that could not keep what the relay promises. */
public final class Topics {
  private static final Logger log = LoggerFactory.getLogger(Topics.class);
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final String NOT_CHECKED = "the topics are not checked yet";

  private final Map<String, Object> clientConfig;
  private volatile @Nullable String notPrepared = NOT_CHECKED;

  public Topics(Map<String, Object> clientConfig) {
    this.clientConfig = config(clientConfig);
  }

  /** The properties of the client that asks. */
  public static Map<String, Object> config(Map<String, Object> clientConfig) {
    Map<String, Object> config = new HashMap<>();
    // Else it would take a minute until it is said that Kafka is away.
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    config.putAll(clientConfig);
    return config;
  }

  /** What {@link #prepare} waits for; empty when it is done. */
  public Optional<String> notPrepared() {
    return Optional.ofNullable(notPrepared);
  }

  /**
   * Creates what is missing and checks what is there. Waits for as long as Kafka is away, and says
   * so once.
   *
   * @return all as they are
   * @throws BadSettingsException naming everything that is wrong with the topics
   * @throws InterruptedException when interrupted while waiting
   */
  public RelayTopics prepare(TopicRules events, TopicRules cursors, TopicRules deadLetters)
      throws InterruptedException {
    String names = String.join(", ", events.name(), cursors.name(), deadLetters.name());
    RelayTopics prepared =
        new UntilAnswered(clientConfig, RETRY, failure -> waitUnlessRefused(failure, names))
            .ask(topics -> prepare(topics, log::warn, events, cursors, deadLetters));
    notPrepared = null;
    return prepared;
  }

  /**
   * As {@link #prepare}, but for a command, which neither waits for Kafka nor warns.
   *
   * @throws KafkaException when Kafka is away or denies the right
   */
  public RelayTopics prepareNow(TopicRules events, TopicRules cursors, TopicRules deadLetters)
      throws InterruptedException {
    return new UntilAnswered(clientConfig, RETRY, Topics::giveUp)
        .ask(topics -> prepare(topics, warning -> {}, events, cursors, deadLetters));
  }

  private static void giveUp(@Nullable Throwable failure) {
    if (failure != null) {
      throw failure instanceof KafkaException kafka ? kafka : new KafkaException(failure);
    }
  }

  private void waitUnlessRefused(@Nullable Throwable failure, String names) {
    if (failure instanceof ApiException && !(failure instanceof RetriableException)) {
      throw new BadSettingsException(List.of("topics " + names + ": " + failure));
    }
    boolean said = !NOT_CHECKED.equals(notPrepared);
    notPrepared =
        failure == null
            ? "topics " + names + " are not all there yet"
            : "Kafka is away: " + failure;
    if (!said) {
      log.warn(
          "{}; nothing is read until that is over, asking every {} s",
          notPrepared,
          RETRY.toSeconds());
    }
  }

  private static Optional<RelayTopics> prepare(
      TopicAdmin topics,
      Consumer<String> warn,
      TopicRules events,
      TopicRules cursors,
      TopicRules deadLetters)
      throws ExecutionException, InterruptedException {
    List<FoundTopic> found = new ArrayList<>();
    List<String> refusals = new ArrayList<>();
    for (TopicRules rules : List.of(events, cursors, deadLetters)) {
      Optional<FoundTopic> topic = topics.find(rules.name());
      if (topic.isEmpty()) {
        var unused =
            topics.create(
                rules.name(), rules.partitions(), rules.replicationFactor(), rules.settings());
        topic = topics.find(rules.name());
      }
      if (topic.isEmpty()) {
        return Optional.empty(); // A broker may not show yet what another has created.
      }
      rules.warnings(topic.get()).forEach(warn);
      refusals.addAll(rules.refusals(topic.get()));
      found.add(topic.get());
    }
    if (!refusals.isEmpty()) {
      throw new BadSettingsException(refusals);
    }
    return Optional.of(
        new RelayTopics(
            RelayTopic.of(found.get(0)),
            events,
            RelayTopic.of(found.get(1)),
            cursors,
            RelayTopic.of(found.get(2))));
  }
}
