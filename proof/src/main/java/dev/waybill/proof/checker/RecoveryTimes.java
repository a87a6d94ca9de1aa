package dev.waybill.proof.checker;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.List;
import java.util.TreeMap;

/**
 * How long recovery from one kind of fault took.
 *
 * @param fault the kind's name
 * @param measured how many faults the times are of
 * @param followed how many were followed by another fault before it was over
 * @param p50Millis 0 when none was measured
 * @param worstMillis likewise
 */
public record RecoveryTimes(
    String fault, int measured, int followed, long p50Millis, long worstMillis) {

  /** Of each kind, by name. */
  public static List<RecoveryTimes> of(List<Recovery> recoveries) {
    return recoveries.stream()
        .collect(groupingBy(one -> one.fault().name(), TreeMap::new, toList()))
        .entrySet()
        .stream()
        .map(kind -> of(kind.getKey(), kind.getValue()))
        .toList();
  }

  private static RecoveryTimes of(String fault, List<Recovery> recoveries) {
    long[] millis =
        recoveries.stream().filter(Recovery::judged).mapToLong(Recovery::millis).sorted().toArray();
    return new RecoveryTimes(
        fault,
        millis.length,
        recoveries.size() - millis.length,
        millis.length == 0 ? 0 : millis[millis.length / 2],
        millis.length == 0 ? 0 : millis[millis.length - 1]);
  }
}
