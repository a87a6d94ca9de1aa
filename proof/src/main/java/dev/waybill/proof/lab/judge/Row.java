package dev.waybill.proof.lab.judge;

import dev.waybill.proof.lab.ledger.Asked;
import dev.waybill.proof.lab.ledger.B;
import dev.waybill.proof.lab.ledger.Injected;
import dev.waybill.proof.lab.ledger.VariantLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A pattern with one B: a row of the table.
 *
 * @param asked how many requests A got
 * @param refused requests that had no success because something else was away: under faults that
 *     are none of A's
 * @param hung likewise, requests with success after more than a second and a half, and longer than
 *     any without faults
 * @param a how long A took to answer, without faults
 * @param told from commit to effect, without faults
 * @param recovery from a fault's end until all that had committed by then and was ever told was
 *     told, by fault
 * @param cleanWithoutFaults whether nothing was wrong before there were faults
 */
public record Row(
    String variant,
    String words,
    B b,
    int asked,
    Found found,
    List<UUID> refused,
    List<UUID> hung,
    Percentiles a,
    Percentiles told,
    Percentiles recovery,
    boolean cleanWithoutFaults) {
  private static final long LONG = TimeUnit.MILLISECONDS.toMicros(1_500);

  public static Row of(VariantLedger ledger, B b) {
    return new Row(
        ledger.variant(),
        ledger.words(),
        b,
        ledger.asked().size(),
        Found.of(ledger, b),
        underFaultsOfOthers(ledger, asked -> asked.status() != 200),
        hung(ledger),
        a(ledger),
        told(ledger, b),
        recovery(ledger, b),
        isCleanWithoutFaults(ledger, b));
  }

  private static boolean isCleanWithoutFaults(VariantLedger ledger, B b) {
    Found control = Found.of(ledger, b, Asked::beforeFaults);
    return !control.told().isEmpty()
        && control.wrong().values().stream().allMatch(List::isEmpty)
        && ledger.asked().stream()
            .filter(Asked::beforeFaults)
            .allMatch(asked -> asked.status() == 200);
  }

  private static List<UUID> hung(VariantLedger ledger) {
    long slowest =
        ledger.asked().stream().filter(Asked::beforeFaults).mapToLong(Asked::took).max().orElse(0);
    long limit = Math.max(LONG, slowest);
    return underFaultsOfOthers(ledger, asked -> asked.status() == 200 && asked.took() > limit);
  }

  private static List<UUID> underFaultsOfOthers(VariantLedger ledger, Predicate<Asked> which) {
    List<String> others =
        ledger.injected().stream()
            .filter(fault -> !fault.hurtsA())
            .map(Injected::name)
            .distinct()
            .toList();
    return ledger.asked().stream()
        .filter(asked -> others.contains(asked.phase()))
        .filter(which)
        .map(Asked::id)
        .toList();
  }

  private static Percentiles a(VariantLedger ledger) {
    return Percentiles.of(
        ledger.asked().stream()
            .filter(asked -> asked.phase().equals(Asked.CONTROL))
            .map(Asked::took)
            .toList());
  }

  private static Percentiles told(VariantLedger ledger, B b) {
    Map<UUID, Long> commits = Found.commits(ledger);
    Map<UUID, Long> effects = Found.firstEffects(ledger, b);
    return Percentiles.of(
        ledger.asked().stream()
            .filter(asked -> asked.phase().equals(Asked.CONTROL))
            .map(Asked::id)
            .filter(id -> commits.containsKey(id) && effects.containsKey(id))
            .map(id -> effects.getOrDefault(id, 0L) - commits.getOrDefault(id, 0L))
            .toList());
  }

  private static Percentiles recovery(VariantLedger ledger, B b) {
    Map<UUID, Long> commits = Found.commits(ledger);
    Map<UUID, Long> effects = Found.firstEffects(ledger, b);
    List<Long> times = new ArrayList<>();
    for (Injected fault : ledger.injected()) {
      long last = fault.ended();
      for (Map.Entry<UUID, Long> effect : effects.entrySet()) {
        Long committed = commits.get(effect.getKey());
        if (committed != null && committed <= fault.ended()) {
          last = Math.max(last, effect.getValue());
        }
      }
      times.add(last - fault.ended());
    }
    return Percentiles.of(times);
  }

  /** How many of what is wrong. */
  public int count(Wrong wrong) {
    return offenders(wrong).size();
  }

  /** Which, in the order in which A was asked. */
  public List<UUID> offenders(Wrong wrong) {
    return switch (wrong) {
      case REFUSED -> refused;
      case HUNG -> hung;
      case LOST, PHANTOM, DOUBLED, REORDERED -> found.wrong().getOrDefault(wrong, List.of());
    };
  }
}
