package dev.waybill.proof.faults;

import dev.waybill.proof.ledger.Fault.Part;
import dev.waybill.proof.world.Link;
import dev.waybill.proof.world.TcpProxy.Mode;
import dev.waybill.proof.world.World;
import java.util.List;
import java.util.Map;

/** F3: what becomes of connections. */
final class Network {
  private static final Map<Mode, String> TEXTS =
      Map.of(
          Mode.SLOW, "slow",
          Mode.STILL, "still",
          Mode.ANSWERS_LOST, "loses answers",
          Mode.CUT, "cut");

  private Network() {}

  static AttackDraft fail(Draw draw) {
    Link link = draw.of(World.links());
    Mode mode = draw.of(List.of(Mode.SLOW, Mode.STILL, Mode.ANSWERS_LOST, Mode.CUT));
    return new AttackDraft(
        "the network between " + link.text() + ": " + TEXTS.get(mode),
        link.from().isBehindA() ? Part.BEHIND : Part.A,
        Processes.flow(link.from()),
        draw.seconds(2, 12),
        target -> target.world().set(link, mode),
        target -> target.world().set(link, Mode.OPEN));
  }
}
