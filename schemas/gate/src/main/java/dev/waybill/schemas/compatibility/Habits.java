package dev.waybill.schemas.compatibility;

import dev.waybill.schemas.difference.Matched;
import java.util.ArrayList;
import java.util.List;

/** Names: what Avro's check lets pass and people trip over. */
final class Habits {
  private final Pairing pairing;
  private final List<Problem> problems = new ArrayList<>();

  private Habits(Pairing pairing) {
    this.pairing = pairing;
  }

  /** What is wrong in these ways. */
  static List<Problem> problems(Pairing pairing) {
    Habits habits = new Habits(pairing);
    for (Matched one : pairing.matched()) {
      habits.namespace(one);
    }
    return habits.problems;
  }

  private void namespace(Matched one) {
    if (!Matched.isNamed(one.older()) || !Matched.isNamed(one.newer())) {
      return;
    }
    String before = one.older().getFullName();
    String after = one.newer().getFullName();
    boolean onlyReadByAlias =
        one.newer().getAliases().contains(before) && !pairing.level().isReadByOlder();
    if (one.older().getName().equals(one.newer().getName())
        && !before.equals(after)
        && !onlyReadByAlias) {
      problems.add(
          pairing.promised(
              Rule.NAMESPACE_CHANGED,
              one.place(),
              "was %s, is %s".formatted(before, after),
              "keep the namespace: readers find a type by its full name"));
    }
  }
}
