package dev.waybill.proof.checker;

import dev.waybill.proof.ledger.Committed;
import dev.waybill.proof.ledger.Ledger;
import dev.waybill.proof.ledger.Request;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When events were committed, by the clock of the ledger. An event has a time of its own, which is
 * A's word: A's clock may have been wrong. It is believed as far as it lies between the first
 * attempt of the request that made the event and its answer, or else between the run's beginning
 * and the event's effect.
 */
final class CommitTimes {
  private final long began;
  private final Map<Change, Answered> requests = new HashMap<>();

  private CommitTimes(long began) {
    this.began = began;
  }

  static CommitTimes of(Ledger ledger) {
    CommitTimes times = new CommitTimes(ledger.run().began());
    Map<String, Long> firstAttempts = new HashMap<>();
    for (Request request : ledger.requests()) {
      firstAttempts.merge(request.key(), request.at(), Math::min);
    }
    for (Request request : ledger.requests()) {
      String order = request.orderId();
      if (order != null && NoLoss.changes(request)) {
        Answered answered =
            new Answered(
                firstAttempts.getOrDefault(request.key(), request.at()),
                request.at() + request.tookMillis());
        times.requests.merge(
            new Change(order, request.version()), answered, Answered::theEarlierOne);
      }
    }
    return times;
  }

  /**
   * When an event was committed; at the latest, where A's word is no help.
   *
   * @param effect when its effect was seen
   */
  long of(Committed event, long effect) {
    Answered answered = requests.get(new Change(event.aggregateId(), event.version()));
    Answered bounds = answered == null ? new Answered(began, effect) : answered;
    return bounds.has(event.at()) ? event.at() : Math.min(bounds.until, effect);
  }

  private record Change(String order, long version) {}

  private record Answered(long from, long until) {

    boolean has(long moment) {
      return from <= moment && moment <= until;
    }

    static Answered theEarlierOne(Answered one, @Nullable Answered other) {
      return other == null || one.until <= other.until ? one : other;
    }
  }
}
