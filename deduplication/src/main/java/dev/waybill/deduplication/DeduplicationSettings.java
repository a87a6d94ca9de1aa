package dev.waybill.deduplication;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/**
 * What a deduplication is told.
 *
 * @param name what the names of its nodes and stores begin with; never change it: the stores'
 *     changelog topics are named after it
 * @param topic where the events come from; of several that are read as one stream, the one whose
 *     name serdes and formats are told for a replay
 * @param deadLetterTopic where dead letters go; must exist, and must not be compacted
 * @param retention how long ids are remembered, at least a second. It may be changed: what was
 *     forgotten by then stays forgotten
 * @param replayTopic where dead letters come from that are tried again, see {@link ReplayHeaders};
 *     null for none. Must exist, with as many partitions as {@code topic}, and be compacted
 * @param largestLetter how many bytes a dead letter may have, at least {@value #LEAST_LETTER}: what
 *     {@code deadLetterTopic} and the application's producers take. Of a larger record it has
 *     coordinates, sizes and the first bytes
 * @param placement which partition of {@code topic} a key belongs to
 */
public record DeduplicationSettings(
    String name,
    String topic,
    String deadLetterTopic,
    Duration retention,
    @Nullable String replayTopic,
    int largestLetter,
    Placement placement) {
  /** A week. */
  public static final Duration DEFAULT_RETENTION = Duration.ofDays(7);

  /** What topics and producers take that nobody configured, less some room for a batch's header. */
  public static final int DEFAULT_LARGEST_LETTER = (1 << 20) - 1024;

  /** Room for what is said of a record that is too large. */
  public static final int LEAST_LETTER = 16 * 1024;

  public DeduplicationSettings {
    if (retention.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("ids must be remembered for a second at least");
    }
    if (largestLetter < LEAST_LETTER) {
      throw new IllegalArgumentException("a dead letter must have room for its headers");
    }
  }

  /**
   * Without replays, of a topic with a partitioner of its own, and with dead letters as large as
   * topics take by default.
   */
  public DeduplicationSettings(
      String name, String topic, String deadLetterTopic, Duration retention) {
    this(name, topic, deadLetterTopic, retention, null, DEFAULT_LARGEST_LETTER, Placement.ANY);
  }

  /** The same with a topic of replays. */
  public DeduplicationSettings withReplays(String topicOfReplays) {
    return new DeduplicationSettings(
        name, topic, deadLetterTopic, retention, topicOfReplays, largestLetter, placement);
  }

  /** The same with another limit of dead letters, in bytes. */
  public DeduplicationSettings withLargestLetter(int bytes) {
    return new DeduplicationSettings(
        name, topic, deadLetterTopic, retention, replayTopic, bytes, placement);
  }

  /** The same with a check of the partition that records are in. */
  public DeduplicationSettings withPlacement(Placement where) {
    return new DeduplicationSettings(
        name, topic, deadLetterTopic, retention, replayTopic, largestLetter, where);
  }

  /** The store of event ids. */
  public String idStore() {
    return name + "-event-ids";
  }

  /** The store of aggregates' versions. */
  public String versionStore() {
    return name + "-versions";
  }

  /** What to read: the topic, and that of replays when there is one. */
  public List<String> topics() {
    return replayTopic == null ? List.of(topic) : List.of(topic, replayTopic);
  }

  /**
   * The serde of keys for a stream that reads {@link #topics}. A replay's own key is its event's
   * id: behind the source it has the aggregate's, which is in {@link ReplayHeaders#KEY}.
   */
  public <K> Serde<K> keys(Serde<K> keys) {
    Deserializer<K> deserializer = keys.deserializer();
    return Serdes.serdeFrom(
        keys.serializer(),
        new Deserializer<>() {
          @Override
          public K deserialize(String source, byte[] key) {
            return deserializer.deserialize(source, key);
          }

          @Override
          @SuppressWarnings("NullAway") // Kafka's signature: no key is none
          public K deserialize(String source, Headers headers, byte[] key) {
            return isReplay(source)
                ? deserializer.deserialize(
                    topic, headers, HeaderText.value(headers, ReplayHeaders.KEY))
                : deserializer.deserialize(source, headers, key);
          }
        });
  }

  boolean isReplay(String source) {
    return source.equals(replayTopic);
  }
}
