package dev.waybill.consumer.lag;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;

/**
 * What was seen of the topics and of B's committed offsets at one moment.
 *
 * @param oldest when the oldest record that is not applied was published, by partition; none for a
 *     partition where all is applied
 */
record Lag(Instant seenAt, Map<TopicPartition, Instant> oldest) {
  /** Looks are more often than this; silence beyond it counts as age. */
  private static final Duration LOOKS_AT_LEAST_EVERY = Duration.ofSeconds(10);

  /** The age of the oldest record of these partitions that is not applied. */
  Duration age(Predicate<TopicPartition> partitions, Instant now) {
    Optional<Instant> first =
        oldest.entrySet().stream()
            .filter(entry -> partitions.test(entry.getKey()))
            .map(Map.Entry::getValue)
            .min(Instant::compareTo);
    Duration silence = Duration.between(seenAt, now);
    if (silence.compareTo(LOOKS_AT_LEAST_EVERY) <= 0) {
      silence = Duration.ZERO;
    }
    Duration waiting = first.map(at -> Duration.between(at, now)).orElse(Duration.ZERO);
    Duration age = waiting.compareTo(silence) > 0 ? waiting : silence;
    return age.isNegative() ? Duration.ZERO : age;
  }
}
