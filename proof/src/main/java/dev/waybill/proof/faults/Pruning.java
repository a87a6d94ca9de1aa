package dev.waybill.proof.faults;

import dev.waybill.proof.faults.Attack.Deed;
import dev.waybill.proof.faults.Attack.Flow;
import dev.waybill.proof.ledger.Fault.Part;
import dev.waybill.proof.world.World;
import dev.waybill.relay.OutboxRelay;
import dev.waybill.stack.ChildJvm;
import dev.waybill.stack.JvmCommand;
import dev.waybill.stack.PostgresServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** F11: old rows of the outbox are removed while everything runs. */
final class Pruning {
  private Pruning() {}

  static AttackDraft actOrPrune(Draw draw) {
    return draw.between(0, 3) == 0 ? prune() : Operators.act(draw);
  }

  private static AttackDraft prune() {
    return new AttackDraft(
        "the outbox pruned",
        Part.BEHIND,
        Flow.PUBLISHED,
        Duration.ZERO,
        target -> {
          // What is removed is older than what can have come since.
          target.outbox().read(target.world().servers().postgres().dataSource());
          prune(target.world());
        },
        Deed.none());
  }

  private static void prune(World world) throws InterruptedException {
    JvmCommand command =
        new JvmCommand(
            "prune",
            OutboxRelay.class.getName(),
            List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            List.of("prune", "--older-than", World.REWIND),
            Map.of(
                "DATABASE_URL", world.servers().postgres().jdbcUrl(),
                "DATABASE_USER", PostgresServer.USER,
                "KAFKA_BOOTSTRAP_SERVERS", world.servers().kafka().bootstrapServers(),
                "SCHEMA_REGISTRY_URL", world.servers().registry().url(),
                "RELAY_REWIND", World.REWIND),
            world.folder().resolve("logs").resolve("prune.log"));
    try (ChildJvm run = ChildJvm.start(command)) {
      run.waitFor();
    }
  }
}
