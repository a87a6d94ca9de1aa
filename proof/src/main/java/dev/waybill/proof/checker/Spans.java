package dev.waybill.proof.checker;

import dev.waybill.proof.ledger.Fault;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The times in which one of some faults lasted. */
final class Spans {
  /** Beginnings and ends, none of which overlap. */
  private final TreeMap<Long, Long> ends = new TreeMap<>();

  /**
   * @param grace how many milliseconds each counts beyond its end
   */
  static Spans of(List<Fault> faults, Predicate<Fault> which, long grace) {
    Spans spans = new Spans();
    faults.stream()
        .filter(which)
        .sorted(Comparator.comparingLong(Fault::began))
        .forEach(fault -> spans.add(fault.began(), fault.ended() + grace));
    return spans;
  }

  private void add(long from, long to) {
    Map.Entry<Long, Long> before = ends.floorEntry(from);
    if (before != null && before.getValue() >= from) {
      ends.put(before.getKey(), Math.max(before.getValue(), to));
    } else {
      ends.put(from, to);
    }
  }

  boolean overlap(long from, long to) {
    Map.Entry<Long, Long> before = ends.floorEntry(to);
    return before != null && before.getValue() >= from;
  }
}
