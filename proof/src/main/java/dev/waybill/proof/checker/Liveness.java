package dev.waybill.proof.checker;

import dev.waybill.proof.checker.Waits.Wait;
import dev.waybill.proof.ledger.Fault;
import dev.waybill.proof.ledger.Fault.Part;
import dev.waybill.proof.ledger.Rest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * I12. After a fault's end, the last event that was committed until then is notified of within the
 * bound that the run states; and all services are ready again when the world is whole.
 *
 * <p>When faults overlap, or one follows before the recovery from another is over, recovery counts
 * from the end of the last: an event is late by a fault only if no other fault lasted or began
 * between that fault's end and the event's notification. So a fault is not blamed for what a later
 * one did, and each late event is judged by one fault.
 *
 * <p>The remark counts processes that ended by themselves. Whoever runs them starts them again, so
 * that alone breaks nothing.
 */
final class Liveness {
  private final Facts facts;
  private final Waits waits;
  private final List<Fault> faults;
  private final List<Fault> exits;
  private final Findings findings;
  private final long bound;
  private final @Nullable String neverReady;
  private final List<Recovery> recoveries;

  private Liveness(Facts facts) {
    this.facts = facts;
    exits = facts.ledger().faults().stream().filter(one -> one.name().equals(Fault.EXIT)).toList();
    waits = Waits.of(facts);
    faults =
        facts.ledger().faults().stream()
            .filter(fault -> fault.hurts() != Part.NOBODY)
            .sorted(Comparator.comparingLong(Fault::ended).thenComparingLong(Fault::began))
            .toList();
    findings = new Findings(Invariant.LIVENESS, facts);
    bound = facts.ledger().run().livenessMillis();
    neverReady = facts.ledger().rest().map(Rest::neverReady).orElse(null);
    recoveries = faults.stream().map(this::recovery).toList();
  }

  static Liveness of(Facts facts) {
    return new Liveness(facts);
  }

  List<Recovery> recoveries() {
    return recoveries;
  }

  Judged judged() {
    if (neverReady != null) {
      findings.add("the world was whole again, and " + neverReady);
    } else if (waits.isEmpty()) {
      return Judged.notExamined(Invariant.LIVENESS, "nobody was notified of anything");
    }
    Judged judged =
        findings.judgedOrElse(!faults.isEmpty(), faults.size(), "no fault kept anybody from work");
    return exits.isEmpty() || judged.outcome() == Judged.Outcome.NOT_EXAMINED
        ? judged
        : findings.judged(faults.size(), exits());
  }

  private String exits() {
    return "%s times a process ended by itself, first at %s: %s"
        .formatted(exits.size(), facts.at(exits.get(0).began()), exits.get(0).what());
  }

  private Recovery recovery(Fault fault) {
    long limit = nextFault(fault);
    Optional<Wait> last = waits.lastAcross(fault.ended(), limit);
    long millis = last.map(Wait::until).orElse(fault.ended()) - fault.ended();
    if (millis > bound) {
      last.ifPresent(
          wait ->
              findings.add(
                  wait.event(),
                  "was applied %s after the end of %s, %s; allowed are %s"
                      .formatted(
                          Seconds.of(millis), fault.name(), fault.what(), Seconds.of(bound))));
    }
    return new Recovery(fault, millis, !waits.anyAcross(fault.ended(), limit));
  }

  /** From when on another fault may be what events wait for. */
  private long nextFault(Fault fault) {
    return faults.stream()
        .filter(other -> other.ended() > fault.ended())
        .mapToLong(other -> Math.max(other.began(), fault.ended()))
        .min()
        .orElse(Long.MAX_VALUE);
  }
}
