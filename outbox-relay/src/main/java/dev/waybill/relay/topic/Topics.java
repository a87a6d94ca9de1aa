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
import org.apache.kafka.clients.admin.AdminClientConfig;
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
   * @return the two as they are
   * @throws BadSettingsException naming everything that is wrong with the topics
   * @throws InterruptedException when interrupted while waiting
   */
  public RelayTopics prepare(TopicRules events, TopicRules cursors) throws InterruptedException {
    String names = events.name() + ", " + cursors.name();
    RelayTopics prepared =
        new UntilAnswered(clientConfig, RETRY, failure -> waitUnlessRefused(failure, names))
            .ask(topics -> prepare(topics, events, cursors));
    notPrepared = null;
    return prepared;
  }

  private void waitUnlessRefused(@Nullable Throwable failure, String names) {
    if (failure instanceof ApiException && !(failure instanceof RetriableException)) {
      throw new BadSettingsException(List.of("topics " + names + ": " + failure));
    }
    boolean said = !NOT_CHECKED.equals(notPrepared);
    notPrepared =
        failure == null ? "topics " + names + " are not there yet" : "Kafka is away: " + failure;
    if (!said) {
      log.warn(
          "{}; nothing is read until it is there, asking every {} s",
          notPrepared,
          RETRY.toSeconds());
    }
  }

  private static Optional<RelayTopics> prepare(
      TopicAdmin topics, TopicRules events, TopicRules cursors)
      throws ExecutionException, InterruptedException {
    create(topics, events);
    create(topics, cursors);
    Optional<FoundTopic> topic = topics.find(events.name());
    Optional<FoundTopic> cursorTopic = topics.find(cursors.name());
    if (topic.isEmpty() || cursorTopic.isEmpty()) {
      return Optional.empty(); // A broker may not show yet what another has created.
    }
    events.warnings(topic.get()).forEach(log::warn);
    cursors.warnings(cursorTopic.get()).forEach(log::warn);
    List<String> refusals = new ArrayList<>(events.refusals(topic.get()));
    refusals.addAll(cursors.refusals(cursorTopic.get()));
    if (!refusals.isEmpty()) {
      throw new BadSettingsException(refusals);
    }
    return Optional.of(
        new RelayTopics(
            RelayTopic.of(topic.get()), events, RelayTopic.of(cursorTopic.get()), cursors));
  }

  private static void create(TopicAdmin topics, TopicRules rules)
      throws ExecutionException, InterruptedException {
    if (topics.find(rules.name()).isEmpty()) {
      var unused =
          topics.create(
              rules.name(), rules.partitions(), rules.replicationFactor(), rules.created());
    }
  }
}
