package dev.waybill.deduplication;

import java.time.Duration;

/**
 * What a deduplication is told.
 *
 * @param name what the names of its nodes and stores begin with; never change it: the stores'
 *     changelog topics are named after it
 * @param topic where the events come from; one deduplication has one topic
 * @param deadLetterTopic where dead letters go; must exist, must not be compacted, and must take
 *     records {@value Deduplication#DEAD_LETTER_HEADROOM} bytes larger than {@code topic}
 * @param retention how long ids are remembered, at least a second
 */
public record DeduplicationSettings(
    String name, String topic, String deadLetterTopic, Duration retention) {
  /** A week. */
  public static final Duration DEFAULT_RETENTION = Duration.ofDays(7);

  public DeduplicationSettings {
    if (retention.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("ids must be remembered for a second at least");
    }
  }

  /** The store of event ids. */
  public String idStore() {
    return name + "-event-ids";
  }

  /** The store of aggregates' versions. */
  public String versionStore() {
    return name + "-versions";
  }
}
