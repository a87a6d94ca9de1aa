package dev.waybill.proof.lab.judge;

import java.util.Arrays;
import java.util.Collection;

/**
 * Of durations, in microseconds.
 *
 * @param count how many there were; with none the others are 0
 */
public record Percentiles(int count, long p50, long p99, long most) {

  static Percentiles of(Collection<Long> values) {
    long[] sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
    return new Percentiles(
        sorted.length, at(sorted, 0.50), at(sorted, 0.99), Arrays.stream(sorted).max().orElse(0));
  }

  private static long at(long[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1];
  }
}
