package dev.waybill.proof.faults;

import dev.waybill.proof.ledger.Fault.Part;
import dev.waybill.proof.world.Link;
import dev.waybill.proof.world.TcpProxy.Mode;
import dev.waybill.proof.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;

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
    return fail(link, mode, draw.seconds(2, 12));
  }

  /** Longer than a Kafka transaction may take (20 s): of several producers some fail alone. */
  private static AttackDraft failForSome(Draw draw) {
    List<Link> links =
        World.links().stream().filter(link -> link.to() == Link.Server.KAFKA).toList();
    return fail(draw.of(links), Mode.SOME_STILL, draw.seconds(21, 25));
  }

  private static AttackDraft fail(Link link, Mode mode, Duration lasts) {
    return new AttackDraft(
        "the network between " + link.text() + ": " + TEXTS.get(mode),
        link.from().isBehindA() ? Part.BEHIND : Part.A,
        Processes.flow(link.from()),
        lasts,
        target -> target.world().set(link, mode),
        target -> target.world().set(link, Mode.OPEN));
  }
}
