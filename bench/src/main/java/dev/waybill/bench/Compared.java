package dev.waybill.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Two sides, measured in turns: the machine is shared, and what disturbs one side should disturb
 * the other as much.
 *
 * @param value the median of the measured side
 * @param reference the median of the side it is compared with
 * @param ratio the median of the rounds' ratios
 */
record Compared(double value, double reference, double ratio) {

  /** One measurement of one side; higher is faster. */
  @FunctionalInterface
  interface Side {
    double measure(int round) throws Exception;
  }

  /** Measures each side once a round; which goes first alternates. */
  static Compared inTurns(int rounds, Side measured, Side reference) throws Exception {
    List<Double> values = new ArrayList<>();
    List<Double> references = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      if (round % 2 == 0) {
        values.add(measured.measure(round));
      }
      references.add(reference.measure(round));
      if (round % 2 == 1) {
        values.add(measured.measure(round));
      }
    }
    return of(values, references);
  }

  static Compared of(List<Double> values, List<Double> references) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < values.size(); round++) {
      ratios.add(values.get(round) / references.get(round));
    }
    return new Compared(
        Percentiles.median(values), Percentiles.median(references), Percentiles.median(ratios));
  }
}
