package dev.waybill.bench;

import org.jspecify.annotations.Nullable;

/**
 * One line of the report.
 *
 * @param measurement which of the benchmark's parts it belongs to
 * @param reference what it is compared with, or null
 * @param target held against the ratio when there is a reference, against the value when there is
 *     none; null for what is only told
 */
record Result(
    String measurement,
    String what,
    double value,
    String unit,
    @Nullable Reference reference,
    @Nullable Target target) {

  /**
   * The other side.
   *
   * @param value in the result's unit
   * @param ratio of the two, the median of the rounds
   */
  record Reference(String what, double value, double ratio) {}

  static Result of(String measurement, String what, double value, String unit) {
    return new Result(measurement, what, value, unit, null, null);
  }

  static Result of(String measurement, String what, Compared sides, String unit, String beside) {
    Reference reference = new Reference(beside, sides.reference(), sides.ratio());
    return new Result(measurement, what, sides.value(), unit, reference, null);
  }

  Result against(Target newTarget) {
    return new Result(measurement, what, value, unit, reference, newTarget);
  }

  /** Whether the target is met; null when there is none. */
  @Nullable Boolean met() {
    return target == null ? null : target.metBy(target.unit().isEmpty() ? ratio() : value);
  }

  /** Of value and reference; NaN without a reference. */
  double ratio() {
    return reference == null ? Double.NaN : reference.ratio();
  }
}
