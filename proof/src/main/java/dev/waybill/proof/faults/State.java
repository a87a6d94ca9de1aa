package dev.waybill.proof.faults;

import dev.waybill.proof.faults.Attack.Flow;
import dev.waybill.proof.ledger.Fault.Part;
import dev.waybill.proof.world.Member;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** F6: what becomes of what B keeps on its disk, while it is killed; nobody else keeps anything. */
final class State {
  private static final Logger log = LoggerFactory.getLogger(State.class);

  private State() {}

  static AttackDraft spoil(Draw draw) {
    Member victim = draw.of(List.of(Member.B_1, Member.B_2));
    Duration away = draw.seconds(0, 4);
    Damage damage = draw.of(List.of(Damage.values()));
    int seed = draw.between(0, Integer.MAX_VALUE - 1);
    return new AttackDraft(
        "SIGKILL of %s, %s".formatted(victim.text(), damage.text()),
        Part.BEHIND,
        Flow.APPLIED,
        away,
        target -> {
          target.world().service(victim).kill();
          Path state = target.world().state(victim);
          log.info("{} {}: {}", state.getFileName(), damage, damage.to(state, seed));
        },
        Processes.start(List.of(victim)));
  }
}
