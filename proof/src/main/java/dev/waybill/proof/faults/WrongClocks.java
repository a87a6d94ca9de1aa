package dev.waybill.proof.faults;

import dev.waybill.proof.faults.Attack.Deed;
import dev.waybill.proof.ledger.Fault.Part;
import dev.waybill.proof.world.Member;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * F7: clocks that jump while their members run, and come right again. Nobody is kept from work by
 * that, A's callers least of all.
 */
final class WrongClocks {
  private static final Duration YEAR = Duration.ofDays(365);

  private static final List<List<Member>> VICTIMS =
      List.of(
          List.of(Member.A),
          List.of(Member.RELAY_1, Member.RELAY_2),
          List.of(Member.RELAY_1),
          List.of(Member.B_1, Member.B_2),
          List.of(Member.B_2),
          List.of(Member.values()));

  private WrongClocks() {}

  static AttackDraft jump(Draw draw) {
    List<Member> victims = draw.of(VICTIMS);
    int minutes = draw.between(2, 30);
    Duration offset = draw.of(List.of(YEAR, YEAR.negated(), Duration.ofMinutes(minutes).negated()));
    return new AttackDraft(
        "the clock of "
            + victims.stream().map(Member::text).collect(Collectors.joining(", "))
            + " jumps "
            + text(offset),
        Part.BEHIND,
        Processes.flow(victims.get(victims.size() - 1)),
        draw.seconds(3, 10),
        set(victims, offset),
        set(victims, Duration.ZERO));
  }

  private static String text(Duration offset) {
    return offset.abs().compareTo(YEAR) < 0
        ? offset.abs().toMinutes() + " minutes back"
        : offset.isNegative() ? "a year back" : "a year ahead";
  }

  private static Deed set(List<Member> victims, Duration offset) {
    return target -> {
      for (Member victim : victims) {
        target.world().setClock(victim, offset);
      }
    };
  }
}
