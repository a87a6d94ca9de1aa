package dev.waybill.deduplication.testkit;

import dev.waybill.deduplication.Decision;
import dev.waybill.deduplication.RememberedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The same log gives the same decisions, whenever it is read and however often its tasks move: what
 * a deduplication promises, and code around it can break, such as an identity that asks the clock.
 */
public final class SameDecisions {
  private static final int PARTS = 8;
  private static final Duration LATER = Duration.ofDays(2_000);

  private SameDecisions() {}

  /**
   * Decides about a log three times: as it is; years later by the machine's clock; and with its
   * task moving to another instance seven times, one of them in the middle.
   *
   * @param fresh opens a driver with empty stores, which is closed here
   * @return what was decided
   * @throws AssertionError when the decisions differ
   */
  public static <K, V> List<Decision> assertOf(
      List<TestRecord<K, V>> log, Supplier<DeduplicationTestDriver<K, V>> fresh) {
    List<Decision> first = decide(log, fresh, Duration.ZERO, log.size());
    compare("read again, years later", first, decide(log, fresh, LATER, log.size()));
    int part = Math.max(1, log.size() / PARTS);
    compare("with its task moving", first, decide(log, fresh, Duration.ZERO, part));
    return first;
  }

  private static <K, V> List<Decision> decide(
      List<TestRecord<K, V>> log,
      Supplier<DeduplicationTestDriver<K, V>> fresh,
      Duration later,
      int part) {
    List<Decision> decisions = new ArrayList<>();
    DeduplicationTestDriver<K, V> driver = fresh.get();
    try {
      driver.driver().advanceWallClockTime(later);
      for (int from = 0; from < log.size(); from += part) {
        if (from > 0) {
          DeduplicationTestDriver<K, V> successor = fresh.get();
          driver.handOver(successor);
          driver.close();
          driver = successor;
        }
        driver.send(log.subList(from, Math.min(log.size(), from + part)));
        decisions.addAll(driver.decisions());
      }
      return decisions;
    } finally {
      driver.close();
    }
  }

  private static void compare(String how, List<Decision> first, List<Decision> again) {
    if (first.size() != again.size()) {
      throw new AssertionError(
          how + ", there are " + again.size() + " decisions instead of " + first.size());
    }
    for (int i = 0; i < first.size(); i++) {
      if (!outcome(first.get(i)).equals(outcome(again.get(i)))) {
        throw new AssertionError(
            how + ", record " + i + " is " + again.get(i) + " instead of " + first.get(i));
      }
    }
  }

  /** When it was applied is the machine's business, and where a driver's: it counts from 0. */
  private static Decision outcome(Decision decision) {
    if (decision instanceof Decision.Duplicate duplicate) {
      return new Decision.Duplicate(outcome(duplicate.first()));
    }
    return decision instanceof Decision.Conflict conflict
        ? new Decision.Conflict(outcome(conflict.first()))
        : decision;
  }

  private static RememberedEvent outcome(RememberedEvent event) {
    return new RememberedEvent(
        event.reason(),
        event.version(),
        event.replay(),
        0,
        0,
        Instant.EPOCH,
        event.duplicates(),
        event.digest());
  }
}
