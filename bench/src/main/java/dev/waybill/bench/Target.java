package dev.waybill.bench;

import java.util.Locale;

/**
 * What a result should reach.
 *
 * @param atLeast whether the result must not be below the limit; otherwise it must be below
 */
record Target(boolean atLeast, double limit, String unit) {

  /** A share of the reference. */
  static Target ratio(double limit) {
    return new Target(true, limit, "");
  }

  static Target below(double limit, String unit) {
    return new Target(false, limit, unit);
  }

  boolean metBy(double result) {
    return atLeast ? result >= limit : result < limit;
  }

  @Override
  public String toString() {
    String number = limit == Math.rint(limit) ? "%.0f" : "%.2f";
    return (atLeast ? "≥ " : "< ") + String.format(Locale.ROOT, number, limit) + " " + unit;
  }
}
