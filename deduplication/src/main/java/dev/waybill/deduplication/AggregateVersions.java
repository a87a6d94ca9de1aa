package dev.waybill.deduplication;

import java.util.List;

/**
 * What the version store knows of one aggregate.
 *
 * @param last the highest version that took effect; 0 when none did
 * @param outstanding the versions below the last that never took effect, in ascending order; of
 *     many ranges only the newest are known
 * @param deadLetters versions above the last of which there are dead letters, in ascending order
 */
public record AggregateVersions(long last, List<Range> outstanding, List<Long> deadLetters) {
  /** From one version to another, both of them included. */
  public record Range(long first, long last) {}

  public AggregateVersions {
    outstanding = List.copyOf(outstanding);
    deadLetters = List.copyOf(deadLetters);
  }
}
