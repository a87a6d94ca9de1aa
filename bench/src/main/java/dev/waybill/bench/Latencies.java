package dev.waybill.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a round's events took, in milliseconds.
 *
 * @param toReader from the writer being done to the reader having it
 * @param fromDue from when the event was due to the reader having it, so that a writer that was
 *     held up does not hide what it held up
 */
record Latencies(List<Double> toReader, List<Double> fromDue) {

  /** The first {@code warmUp} events do not count. */
  static Latencies between(Schedule schedule, long[] arrivalNanos, int warmUp) {
    List<Double> toReader = new ArrayList<>();
    List<Double> fromDue = new ArrayList<>();
    for (int event = warmUp; event < schedule.events(); event++) {
      toReader.add((arrivalNanos[event] - schedule.doneNanos(event)) / 1e6);
      fromDue.add((arrivalNanos[event] - schedule.dueNanos(event)) / 1e6);
    }
    return new Latencies(toReader, fromDue);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "p50 %.2f ms, p99 %.2f ms",
        Percentiles.of(toReader, 0.5),
        Percentiles.of(toReader, 0.99));
  }
}
