package dev.waybill.consumer.topics;

import dev.waybill.deduplication.Deduplication;
import dev.waybill.runtime.topics.FoundTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic that B writes: how it is created when it is missing, and what is refused when it is
 * there.
 *
 * @param maxMessageBytes what it must take at least; 0 when anything will do
 */
public record OwnTopic(String name, Map<String, String> created, long maxMessageBytes) {

  /** Dead letters: kept long enough for a person, each of them, and larger than the events. */
  static OwnTopic deadLetters(String name, SourceTopic source, Duration retention) {
    long bytes = source.maxMessageBytes() + (long) Deduplication.DEAD_LETTER_HEADROOM;
    return new OwnTopic(
        name,
        Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.RETENTION_MS_CONFIG,
            Long.toString(retention.toMillis()),
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
            Long.toString(bytes)),
        bytes);
  }

  /** Notifications: each of them. */
  static OwnTopic notifications(String name) {
    return new OwnTopic(
        name, Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE), 0);
  }

  /** Why the existing topic is refused; empty when it is fit. */
  List<String> refusals(FoundTopic topic) {
    List<String> refusals = new ArrayList<>();
    String cleanup = topic.value(TopicConfig.CLEANUP_POLICY_CONFIG);
    if (!cleanup.equals(TopicConfig.CLEANUP_POLICY_DELETE)) {
      refusals.add(
          "topic "
              + name
              + " has cleanup.policy="
              + cleanup
              + ": of several records with one key only the last would stay;"
              + topic.remedy(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE));
    }
    long bytes = topic.number(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
    if (bytes < maxMessageBytes) {
      refusals.add(
          "topic "
              + name
              + " has max.message.bytes="
              + bytes
              + ": a large record that cannot be used would stop B;"
              + topic.remedy(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.toString(maxMessageBytes)));
    }
    return refusals;
  }
}
