package dev.waybill.bench;

import java.util.List;

/** Of samples in any order. */
final class Percentiles {
  private Percentiles() {}

  /** The middle one, or the mean of the two in the middle. */
  static double median(List<Double> samples) {
    double[] sorted = sorted(samples);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /**
   * The smallest sample that at least this share of them does not exceed.
   *
   * @param share above 0, at most 1
   */
  static double of(List<Double> samples, double share) {
    double[] sorted = sorted(samples);
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  private static double[] sorted(List<Double> samples) {
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("no samples");
    }
    return samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }
}
