package dev.waybill.proof.lab.judge;

import dev.waybill.proof.lab.ledger.Asked;
import dev.waybill.proof.lab.ledger.B;
import dev.waybill.proof.lab.ledger.Committed;
import dev.waybill.proof.lab.ledger.Told;
import dev.waybill.proof.lab.ledger.VariantLedger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * What is wrong between A and one B, and with which bookings, in the order in which A was asked.
 *
 * @param committed in A
 * @param told bookings of which B has an effect
 * @param lost committed, and not told
 * @param phantom told, and not committed
 * @param doubled effects of bookings that had one already; one entry for each of them
 * @param reordered whose first effect came after that of a later version of the account
 */
public record Found(
    Set<UUID> committed,
    Set<UUID> told,
    List<UUID> lost,
    List<UUID> phantom,
    List<UUID> doubled,
    List<UUID> reordered) {

  public static Found of(VariantLedger ledger, B b) {
    Set<UUID> committed = new HashSet<>();
    ledger.committed().forEach(booking -> committed.add(booking.id()));
    Set<UUID> told = new HashSet<>();
    List<UUID> doubled = new ArrayList<>();
    List<UUID> reordered = new ArrayList<>();
    Map<String, Long> newest = new HashMap<>();
    for (Told effect : ledger.told()) {
      if (effect.b() != b) {
        continue;
      }
      if (!told.add(effect.id())) {
        doubled.add(effect.id());
      } else if (committed.contains(effect.id())) {
        long before = newest.merge(effect.account(), effect.version(), Math::max);
        if (before > effect.version()) {
          reordered.add(effect.id());
        }
      }
    }
    Map<UUID, Integer> order = order(ledger);
    return new Found(
        committed,
        told,
        sorted(without(committed, told), order),
        sorted(without(told, committed), order),
        sorted(doubled, order),
        sorted(reordered, order));
  }

  private static List<UUID> without(Set<UUID> all, Set<UUID> those) {
    return all.stream().filter(id -> !those.contains(id)).toList();
  }

  private static Map<UUID, Integer> order(VariantLedger ledger) {
    Map<UUID, Integer> order = new HashMap<>();
    ledger.asked().stream()
        .sorted((one, other) -> Long.compare(one.at(), other.at()))
        .forEach(asked -> order.put(asked.id(), order.size()));
    return order;
  }

  private static List<UUID> sorted(List<UUID> ids, Map<UUID, Integer> order) {
    return ids.stream()
        .sorted(
            (one, other) ->
                Integer.compare(
                    order.getOrDefault(one, Integer.MAX_VALUE),
                    order.getOrDefault(other, Integer.MAX_VALUE)))
        .toList();
  }

  /** By what is wrong. */
  public Map<Wrong, List<UUID>> wrong() {
    Map<Wrong, List<UUID>> wrong = new LinkedHashMap<>();
    wrong.put(Wrong.LOST, lost);
    wrong.put(Wrong.PHANTOM, phantom);
    wrong.put(Wrong.DOUBLED, doubled);
    wrong.put(Wrong.REORDERED, reordered);
    return wrong;
  }

  /** The same of what was asked for under some conditions only. */
  static Found of(VariantLedger ledger, B b, Predicate<Asked> which) {
    Set<UUID> ids = new HashSet<>();
    ledger.asked().stream().filter(which).forEach(asked -> ids.add(asked.id()));
    Found all = of(ledger, b);
    return new Found(
        only(all.committed, ids),
        only(all.told, ids),
        only(all.lost, ids),
        only(all.phantom, ids),
        only(all.doubled, ids),
        only(all.reordered, ids));
  }

  private static Set<UUID> only(Set<UUID> all, Set<UUID> those) {
    Set<UUID> both = new HashSet<>(all);
    both.retainAll(those);
    return both;
  }

  private static List<UUID> only(List<UUID> all, Set<UUID> those) {
    return all.stream().filter(those::contains).toList();
  }

  /** When each booking first took effect in a B. */
  static Map<UUID, Long> firstEffects(VariantLedger ledger, B b) {
    Map<UUID, Long> first = new HashMap<>();
    for (Told effect : ledger.told()) {
      if (effect.b() == b) {
        first.merge(effect.id(), effect.at(), Math::min);
      }
    }
    return first;
  }

  /** When each booking committed. */
  static Map<UUID, Long> commits(VariantLedger ledger) {
    Map<UUID, Long> commits = new HashMap<>();
    for (Committed booking : ledger.committed()) {
      commits.put(booking.id(), booking.at());
    }
    return commits;
  }
}
