package dev.waybill.consumer.topics;

import dev.waybill.runtime.topics.FoundTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic that B writes: how it is created when it is missing, and what is refused when it is
 * there.
 *
 * @param cleanup the only cleanup policy that it may have
 * @param partitions how many it must have; 0 when any number will do
 * @param maxMessageBytes what it must take at least
 * @param raise whether B sees to that itself; else it is refused
 */
public record OwnTopic(
    String name,
    String cleanup,
    Map<String, String> created,
    int partitions,
    long maxMessageBytes,
    boolean raise) {
  private static final Duration EVER = Duration.ofDays(36_500);

  /** Dead letters: kept long enough for a person, each of them, and larger than the events. */
  static OwnTopic deadLetters(String name, SourceTopic source, Duration retention) {
    return new OwnTopic(
        name,
        TopicConfig.CLEANUP_POLICY_DELETE,
        Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis())),
        0,
        source.largestLetterBatch(),
        false);
  }

  /** Replays: the last of each event, for ever, in the partitions of the events. */
  static OwnTopic replays(String name, SourceTopic source) {
    return new OwnTopic(
        name,
        TopicConfig.CLEANUP_POLICY_COMPACT,
        // The replay of an erasure has no value: Kafka would delete it a day later.
        Map.of(TopicConfig.DELETE_RETENTION_MS_CONFIG, Long.toString(EVER.toMillis())),
        source.partitions(),
        source.largestLetterBatch(),
        true);
  }

  /** Notifications: each of them. */
  static OwnTopic notifications(String name, SourceTopic source) {
    return new OwnTopic(
        name, TopicConfig.CLEANUP_POLICY_DELETE, Map.of(), 0, source.largestBatch(), true);
  }

  /** The settings that it is created with. */
  Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(created);
    settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, cleanup);
    settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.toString(maxMessageBytes));
    return settings;
  }

  /** Why the existing topic is refused; empty when it is fit. */
  List<String> refusals(FoundTopic topic) {
    List<String> refusals = new ArrayList<>();
    String policy = topic.value(TopicConfig.CLEANUP_POLICY_CONFIG);
    if (!policy.equals(cleanup)) {
      refusals.add(
          "topic %s has cleanup.policy=%s: %s;%s"
              .formatted(
                  name,
                  policy,
                  cleanup.equals(TopicConfig.CLEANUP_POLICY_DELETE)
                      ? "of several records with one key only the last would stay"
                      : "a B that is built anew would miss what was replayed long ago",
                  topic.remedy(TopicConfig.CLEANUP_POLICY_CONFIG, cleanup)));
    }
    if (partitions != 0 && topic.partitions() != partitions) {
      refusals.add(
          "topic %s has %s partitions, the topic of the events has %s: an event's replay has to"
                  .formatted(name, topic.partitions(), partitions)
              + " come in the event's own partition; name another one with CONSUMER_REPLAY_TOPIC"
              + " (docs/consumer.md, \"Dead letters\")");
    }
    long bytes = topic.number(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
    if (!raise && bytes < maxMessageBytes) {
      refusals.add(
          "topic %s has max.message.bytes=%s: a large record that cannot be used would stop B;%s"
              .formatted(
                  name,
                  bytes,
                  topic.remedy(
                      TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.toString(maxMessageBytes))));
    }
    return refusals;
  }
}
