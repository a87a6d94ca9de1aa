package dev.waybill.proof.faults;

import dev.waybill.proof.faults.Attack.Deed;
import dev.waybill.proof.faults.Attack.Flow;
import dev.waybill.proof.ledger.Fault.Part;
import dev.waybill.proof.world.Member;
import dev.waybill.proof.world.World;
import dev.waybill.relay.OutboxRelay;
import dev.waybill.stack.ChildJvm;
import dev.waybill.stack.JvmCommand;
import dev.waybill.stack.PostgresServer;
import dev.waybill.stack.Readiness;
import dev.waybill.stack.StackService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** F11: what people do while everything runs. */
final class Operators {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Operators() {}

  static AttackDraft act(Draw draw) {
    if (draw.between(0, 1) == 0) {
      int lanes = draw.of(List.of(1, 2, 4));
      return new AttackDraft(
          "the number of lanes made " + lanes,
          Part.BEHIND,
          Flow.PUBLISHED,
          Duration.ZERO,
          target -> lanes(target.world(), lanes),
          Deed.none());
    }
    List<Member> instances =
        draw.of(List.of(List.of(Member.RELAY_1, Member.RELAY_2), List.of(Member.B_1, Member.B_2)));
    return new AttackDraft(
        instances.get(0).text() + " and then " + instances.get(1).text() + " restarted in order",
        Part.BEHIND,
        Processes.flow(instances.get(0)),
        Duration.ZERO,
        target -> {
          for (Member member : instances) {
            StackService service = target.world().service(member);
            service.close();
            target.world().start(member);
            awaitReady(service);
          }
        },
        Deed.none());
  }

  /** For as long as somebody would watch it; another fault may keep it from being ready. */
  private static void awaitReady(StackService service) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!Readiness.of(service.url()).isEmpty() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  /**
   * As an operator does it; refused while the last change goes on, which is an answer like another.
   */
  private static void lanes(World world, int lanes) throws InterruptedException {
    JvmCommand command =
        new JvmCommand(
            "lanes",
            OutboxRelay.class.getName(),
            List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            List.of("lanes", Integer.toString(lanes)),
            Map.of(
                "DATABASE_URL", world.servers().postgres().jdbcUrl(),
                "DATABASE_USER", PostgresServer.USER,
                "KAFKA_BOOTSTRAP_SERVERS", world.servers().kafka().bootstrapServers(),
                "SCHEMA_REGISTRY_URL", world.servers().registry().url()),
            world.folder().resolve("logs").resolve("lanes.log"));
    try (ChildJvm run = ChildJvm.start(command)) {
      run.waitFor();
    }
  }
}
