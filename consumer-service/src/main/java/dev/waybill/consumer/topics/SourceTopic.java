package dev.waybill.consumer.topics;

import dev.waybill.runtime.topics.FoundTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The topic of the events, as it was found.
 *
 * @param compactionLag how long every single event stays readable ({@code min.compaction.lag.ms})
 * @param maxMessageBytes of its largest batch
 * @param compacted whether old events are compacted and none is deleted by age
 */
public record SourceTopic(
    String name, int partitions, Duration compactionLag, int maxMessageBytes, boolean compacted) {

  private static final int HEADROOM = 64 * 1024;

  /** What a batch has beside one record, at most. */
  private static final int BATCH = 1024;

  static SourceTopic of(FoundTopic topic) {
    return new SourceTopic(
        topic.name(),
        topic.partitions(),
        Duration.ofMillis(topic.number(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG)),
        (int) topic.number(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
        topic.value(TopicConfig.CLEANUP_POLICY_CONFIG).equals(TopicConfig.CLEANUP_POLICY_COMPACT));
  }

  /** What every other topic that B writes has to take: what one event can make of itself, twice. */
  public long largestBatch() {
    return Math.max(1 << 20, Math.min(2L * maxMessageBytes + HEADROOM, 1 << 30));
  }

  /** How large a record may be that B sends. */
  public int largestRecord() {
    return (int) largestBatch() - BATCH;
  }

  /** How large an event may be, not compressed, so that what B keeps of it is no larger record. */
  public int largestValue() {
    return largestRecord() - HEADROOM;
  }

  /** What the topic of dead letters has to take: a record, and why it is a dead letter. */
  long largestLetterBatch() {
    return Math.min((long) maxMessageBytes + HEADROOM, largestBatch());
  }

  /** How large a dead letter may be. */
  public int largestLetter() {
    return (int) largestLetterBatch() - BATCH;
  }

  /**
   * What about it can lose events for B. The relay, which owns the topic, refuses both; B only says
   * so, because it also has to read what others own.
   *
   * @param idRetention how long B remembers event ids
   */
  List<String> warnings(Duration idRetention) {
    List<String> warnings = new ArrayList<>();
    if (!compacted) {
      warnings.add(
          "topic "
              + name
              + " has not cleanup.policy=compact: B cannot be rebuilt from it, and events that are"
              + " deleted before B has read them are lost");
    } else if (compactionLag.compareTo(idRetention) < 0) {
      warnings.add(
          "topic "
              + name
              + " has min.compaction.lag.ms="
              + compactionLag.toMillis()
              + ", less than the "
              + idRetention.toMillis()
              + " that CONSUMER_ID_RETENTION expects: B misses single events, such as"
              + " notifications, when it is away for longer");
    }
    return warnings;
  }
}
