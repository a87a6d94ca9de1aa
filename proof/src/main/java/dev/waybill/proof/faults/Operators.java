package dev.waybill.proof.faults;

import dev.waybill.consumer.ConsumerService;
import dev.waybill.proof.faults.Attack.Deed;
import dev.waybill.proof.faults.Attack.Flow;
import dev.waybill.proof.ledger.Fault.Part;
import dev.waybill.proof.world.Bug;
import dev.waybill.proof.world.Member;
import dev.waybill.proof.world.World;
import dev.waybill.relay.OutboxRelay;
import dev.waybill.stack.ChildJvm;
import dev.waybill.stack.JvmCommand;
import dev.waybill.stack.PostgresServer;
import dev.waybill.stack.Readiness;
import dev.waybill.stack.StackService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** F11: what people do while everything runs. */
final class Operators {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Operators() {}

  static AttackDraft act(Draw draw) {
    int which = draw.between(0, 2);
    if (which == 0) {
      return deployABug(draw);
    }
    if (which == 1) {
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

  /** It is put right again, and what became dead letters is replayed, and once more. */
  private static AttackDraft deployABug(Draw draw) {
    Duration lasts = draw.seconds(1, 3);
    return new AttackDraft(
        "a B with a bug, and its dead letters replayed twice",
        Part.NOBODY,
        Flow.APPLIED,
        Duration.ZERO,
        target -> {
          List<Path> bugs =
              List.of(
                  Bug.in(target.world().killPoints(Member.B_1)),
                  Bug.in(target.world().killPoints(Member.B_2)));
          for (Path bug : bugs) {
            Files.createDirectories(bug.getParent());
            Files.createFile(bug);
          }
          TimeUnit.MILLISECONDS.sleep(lasts.toMillis());
          for (Path bug : bugs) {
            Files.delete(bug);
          }
          replay(target.world());
          replay(target.world());
        },
        Deed.none());
  }

  private static void replay(World world) throws InterruptedException {
    run(
        world,
        ConsumerService.class,
        List.of("replay", "--all"),
        Map.of("KAFKA_BOOTSTRAP_SERVERS", world.servers().kafka().bootstrapServers()));
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
    run(
        world,
        OutboxRelay.class,
        List.of("lanes", Integer.toString(lanes)),
        Map.of(
            "DATABASE_URL", world.servers().postgres().jdbcUrl(),
            "DATABASE_USER", PostgresServer.USER,
            "KAFKA_BOOTSTRAP_SERVERS", world.servers().kafka().bootstrapServers(),
            "SCHEMA_REGISTRY_URL", world.servers().registry().url()));
  }

  private static void run(
      World world, Class<?> main, List<String> arguments, Map<String, String> environment)
      throws InterruptedException {
    String name = arguments.get(0);
    JvmCommand command =
        new JvmCommand(
            name,
            main.getName(),
            List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            arguments,
            environment,
            world.folder().resolve("logs").resolve(name + ".log"));
    try (ChildJvm run = ChildJvm.start(command)) {
      run.waitFor();
    }
  }
}
