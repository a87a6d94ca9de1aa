package dev.waybill.proof.faults;

import dev.waybill.proof.faults.Attack.Deed;
import dev.waybill.proof.ledger.Fault.Part;
import dev.waybill.proof.world.Link;
import dev.waybill.proof.world.Member;
import dev.waybill.proof.world.TcpProxy.Mode;
import dev.waybill.proof.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** F3: what becomes of connections. */
final class Network {
  private static final Map<Mode, String> TEXTS =
      Map.of(
          Mode.SLOW, "slow",
          Mode.STILL, "still",
          Mode.SOME_STILL, "still for every other connection",
          Mode.ANSWERS_LOST, "loses answers",
          Mode.CUT, "cut");

  private Network() {}

  static AttackDraft fail(Draw draw) {
    if (draw.between(0, 2) == 0) {
      return failForSome(draw);
    }
    Link link = draw.of(World.links());
    Mode mode = draw.of(List.of(Mode.SLOW, Mode.STILL, Mode.ANSWERS_LOST, Mode.CUT));
    return fail(List.of(link), mode, draw.seconds(2, 12));
  }

  /**
   * Longer than a Kafka transaction may take (20 s): of several producers some fail alone. It is
   * done to both relays, or both B's, because one of them may have nothing to do.
   */
  private static AttackDraft failForSome(Draw draw) {
    List<Member> members =
        draw.of(List.of(List.of(Member.RELAY_1, Member.RELAY_2), List.of(Member.B_1, Member.B_2)));
    return fail(
        members.stream().map(member -> new Link(member, Link.Server.KAFKA)).toList(),
        Mode.SOME_STILL,
        draw.seconds(21, 25));
  }

  private static AttackDraft fail(List<Link> links, Mode mode, Duration lasts) {
    Member victim = links.get(0).from();
    return new AttackDraft(
        "the network between %s: %s"
            .formatted(
                links.stream().map(Link::text).collect(Collectors.joining(", ")), TEXTS.get(mode)),
        victim.isBehindA() ? Part.BEHIND : Part.A,
        Processes.flow(victim),
        lasts,
        set(links, mode),
        set(links, Mode.OPEN));
  }

  private static Deed set(List<Link> links, Mode mode) {
    return target -> links.forEach(link -> target.world().set(link, mode));
  }
}
