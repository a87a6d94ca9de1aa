package dev.waybill.proof.checker;

import dev.waybill.proof.ledger.Ledger;
import dev.waybill.proof.ledger.Rest;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Judges a ledger. A pure function, in time and memory proportional to the ledger (sorting apart):
 * a million events need some 2 GB, the ledger's own included.
 *
 * <p>Most invariants hold at rest only, and are judged from what is read then. Of a run that was
 * cut off or whose world failed, that is missing or not whole: these invariants are not examined.
 */
public final class Checker {
  private static final Set<Invariant> WITHOUT_REST =
      EnumSet.of(Invariant.ONCE, Invariant.TOLD, Invariant.BOUNDED);

  private Checker() {}

  public static Judgement judge(Ledger ledger) {
    Facts facts = Facts.of(ledger);
    Liveness liveness = Liveness.of(facts);
    Optional<String> worldFailed = worldFailed(ledger);
    boolean isAtRest =
        worldFailed.isEmpty() && ledger.rest().filter(rest -> rest.neverReady() != null).isEmpty();
    List<Judged> judged =
        Arrays.stream(Invariant.values())
            .map(
                invariant ->
                    isAtRest
                            || WITHOUT_REST.contains(invariant)
                            || (invariant == Invariant.LIVENESS && worldFailed.isEmpty())
                        ? judge(invariant, facts, liveness)
                        : Judged.notExamined(invariant, "the run did not come to rest"))
            .toList();
    return new Judgement(judged, isAtRest ? liveness.recoveries() : List.of(), worldFailed);
  }

  private static Judged judge(Invariant invariant, Facts facts, Liveness liveness) {
    return switch (invariant) {
      case NO_LOSS -> NoLoss.judge(facts);
      case NO_PHANTOM -> NoPhantom.judge(facts);
      case ONCE -> Once.judge(facts);
      case ORDER -> Order.judge(facts);
      case INTEGRITY -> Integrity.judge(facts);
      case CONSERVATION -> Conservation.judge(facts);
      case DEAD_LETTERS -> DeadLetters.judge(facts);
      case CONFLICT -> Conflict.judge(facts);
      case DETERMINISM -> Determinism.judge(facts);
      case NEWCOMER -> Newcomer.judge(facts);
      case ISOLATION -> Isolation.judge(facts);
      case LIVENESS -> liveness.judged();
      case A_IS_FREE -> AIsFree.judge(facts);
      case BOUNDED -> Bounded.judge(facts);
      case TOLD -> Told.judge(facts);
    };
  }

  private static Optional<String> worldFailed(Ledger ledger) {
    Optional<Rest> rest = ledger.rest();
    return rest.isEmpty()
        ? Optional.of("the run was cut off: its ledger has no end")
        : Optional.ofNullable(rest.get().worldFailed());
  }
}
