package dev.waybill.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What moving events took between two readings of a {@link Meter}: CPU in seconds.
 *
 * @param mover the relay, or what is compared with it
 * @param commits Kafka transactions of the mover; 0 when it uses none
 */
record Use(double seconds, double mover, double broker, double postgres, double commits) {

  /** The median of each number. */
  static Use median(List<Use> rounds) {
    return new Use(
        median(rounds, Use::seconds),
        median(rounds, Use::mover),
        median(rounds, Use::broker),
        median(rounds, Use::postgres),
        median(rounds, Use::commits));
  }

  private static double median(List<Use> rounds, ToDoubleFunction<Use> number) {
    return Percentiles.median(rounds.stream().mapToDouble(number).boxed().toList());
  }

  /** Reads what {@link #line} wrote. */
  static Use parse(String line) {
    double[] numbers = Stream.of(line.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
    return new Use(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
  }

  String line() {
    return seconds + " " + mover + " " + broker + " " + postgres + " " + commits;
  }

  /** CPU of a process as a share of one core, in per cent. */
  double ofCore(double cpuSeconds) {
    return cpuSeconds / seconds * 100;
  }

  double commitsPerSecond() {
    return commits / seconds;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "CPU %.0f %%, broker %.0f %%, PostgreSQL %.0f %%, %,.0f transactions/s",
        ofCore(mover),
        ofCore(broker),
        ofCore(postgres),
        commitsPerSecond());
  }
}
