package dev.waybill.proof.faults;

import dev.waybill.proof.faults.Attack.Deed;
import dev.waybill.proof.faults.Attack.Flow;
import dev.waybill.proof.ledger.Fault.Part;
import dev.waybill.proof.world.KillPoint;
import dev.waybill.proof.world.Member;
import dev.waybill.stack.StackService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** F1 and F2: what becomes of processes. */
final class Processes {
  private static final List<List<Member>> VICTIMS =
      List.of(
          List.of(Member.A),
          List.of(Member.RELAY_1),
          List.of(Member.RELAY_2),
          List.of(Member.RELAY_1, Member.RELAY_2),
          List.of(Member.B_1),
          List.of(Member.B_2),
          List.of(Member.B_1, Member.B_2),
          List.of(Member.RELAY_1, Member.RELAY_2, Member.B_1, Member.B_2));

  private static final List<Member> CAN_FREEZE =
      List.of(Member.RELAY_1, Member.RELAY_2, Member.B_1, Member.B_2);

  private static final Duration POINT_LIMIT = Duration.ofSeconds(5);

  private Processes() {}

  static AttackDraft kill(Draw draw) {
    return draw.between(0, 1) == 0 ? killAtAPoint(draw) : killAtATime(draw);
  }

  /** One that the process comes to with the next change or event. */
  private static AttackDraft killAtAPoint(Draw draw) {
    KillPoint point = draw.of(List.of(KillPoint.values()));
    List<Member> members = Stream.of(Member.values()).filter(member -> point.isOf(member)).toList();
    return new AttackDraft(
        "killed at the point " + point.text(),
        members.contains(Member.A) ? Part.A : Part.BEHIND,
        flow(members.get(0)),
        draw.seconds(0, 6),
        target -> {
          for (Member member : members) {
            target.world().leaveDead(member);
            Path folder = Files.createDirectories(target.world().killPoints(member));
            Files.createFile(folder.resolve(point.text()));
          }
          awaitDeath(members, target);
          for (Member member : members) {
            Files.deleteIfExists(target.world().killPoints(member).resolve(point.text()));
          }
        },
        start(members));
  }

  /** Of one of them; one that stands by comes to no point. */
  private static void awaitDeath(List<Member> members, Target target) throws InterruptedException {
    long deadline = System.nanoTime() + POINT_LIMIT.toNanos();
    while (members.stream().allMatch(member -> target.world().service(member).isAlive())
        && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private static AttackDraft killAtATime(Draw draw) {
    List<Member> victims = draw.of(VICTIMS);
    return new AttackDraft(
        "SIGKILL of " + text(victims),
        victims.contains(Member.A) ? Part.A : Part.BEHIND,
        flow(victims.get(victims.size() - 1)),
        draw.seconds(0, 6),
        each(victims, StackService::kill),
        start(victims));
  }

  /** Longer than a session (4 s); sometimes longer than a Kafka transaction may take (20 s). */
  static AttackDraft freeze(Draw draw) {
    Member victim = draw.of(CAN_FREEZE);
    Duration lasts = draw.between(0, 3) == 0 ? draw.seconds(21, 25) : draw.seconds(5, 12);
    return new AttackDraft(
        "SIGSTOP of " + victim.text() + ", then SIGCONT",
        Part.BEHIND,
        flow(victim),
        lasts,
        each(List.of(victim), service -> signal("STOP", service)),
        each(List.of(victim), service -> signal("CONT", service)));
  }

  /** What moves through a member. */
  static Flow flow(Member member) {
    return switch (member) {
      case A -> Flow.CHANGES;
      case RELAY_1, RELAY_2 -> Flow.PUBLISHED;
      case B_1, B_2 -> Flow.APPLIED;
    };
  }

  private interface ServiceDeed {
    void doTo(StackService service) throws Exception;
  }

  private static Deed each(List<Member> members, ServiceDeed deed) {
    return target -> {
      for (Member member : members) {
        deed.doTo(target.world().service(member));
      }
    };
  }

  static Deed start(List<Member> members) {
    return target -> members.forEach(target.world()::start);
  }

  private static void signal(String name, StackService service)
      throws IOException, InterruptedException {
    if (!service.isAlive()) {
      return; // Another fault was quicker.
    }
    Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(service.pid())).inheritIO().start();
    if (kill.waitFor() != 0) {
      throw new IOException("kill -" + name + " of " + service.name() + " failed");
    }
  }

  private static String text(List<Member> members) {
    return members.stream().map(Member::text).collect(Collectors.joining(", "));
  }
}
