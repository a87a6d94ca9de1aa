package dev.waybill.proof.report;

import dev.waybill.proof.ledger.Ledger;
import dev.waybill.proof.ledger.Sample;
import java.util.ArrayList;
import java.util.List;

/** Something over time, in as many points as can be seen. */
record Curve(String name, List<Point> points) {
  private static final int POINTS = 600;

  /** How many events reached the topic in a second. */
  static Curve published(Ledger ledger) {
    List<Sample> samples = ledger.samples();
    List<Point> points = new ArrayList<>();
    int step = step(samples);
    for (int i = step; i < samples.size(); i += step) {
      Sample from = samples.get(i - step);
      Sample to = samples.get(i);
      double seconds = Math.max(1, to.at() - from.at()) / 1e3;
      points.add(new Point(to.at(), Math.max(0, to.published() - from.published()) / seconds));
    }
    return new Curve("published per second", points);
  }

  /** How many committed events B had not notified of; of tombstones it never does. */
  static Curve lag(Ledger ledger) {
    List<Sample> samples = ledger.samples();
    long[] tombstones =
        ledger.committed().stream()
            .filter(event -> event.payload() == null)
            .mapToLong(event -> event.at())
            .sorted()
            .toArray();
    List<Point> points = new ArrayList<>();
    int step = step(samples);
    int erased = 0;
    double worst = 0;
    for (int i = 0; i < samples.size(); i++) {
      Sample sample = samples.get(i);
      while (erased < tombstones.length && tombstones[erased] <= sample.at()) {
        erased++;
      }
      worst = Math.max(worst, (double) (sample.committed() - erased - sample.notified()));
      if (i % step == 0) {
        points.add(new Point(sample.at(), worst));
        worst = 0;
      }
    }
    return new Curve("committed and not applied", points);
  }

  private static int step(List<Sample> samples) {
    return samples.size() / POINTS + 1;
  }

  double highest() {
    return points.stream().mapToDouble(Point::value).max().orElse(0);
  }

  record Point(long at, double value) {}
}
