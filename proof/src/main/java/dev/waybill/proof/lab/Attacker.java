package dev.waybill.proof.lab;

import dev.waybill.proof.lab.Party.Role;
import dev.waybill.proof.lab.Variant.Part;
import dev.waybill.proof.lab.ledger.Asked;
import dev.waybill.proof.patterns.CallToB;
import dev.waybill.proof.patterns.Effects;
import dev.waybill.proof.patterns.Steps;
import dev.waybill.proof.world.TcpProxy;
import dev.waybill.proof.world.TcpProxy.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Does to a pattern what a fault is, and makes it whole again. */
final class Attacker {
  private static final Duration AWAY = Duration.ofSeconds(2);
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration DEATH_LIMIT = Duration.ofSeconds(6);
  private static final Duration LOOK = Duration.ofMillis(20);

  private final Party party;
  private final Load load;
  private final Rollbacks rollbacks;

  Attacker(Party party, Load load) {
    this.party = party;
    this.load = load;
    this.rollbacks = new Rollbacks(party, load);
  }

  /** Blocks until it is over; whether what was to happen did. */
  boolean inject(LabFault fault, int seed)
      throws InterruptedException, ExecutionException, SQLException, IOException {
    boolean tookEffect =
        switch (fault) {
          case B_DOWN -> killB();
          case B_ANSWER_LOST -> bad(party.toB(), Mode.ANSWERS_LOST, SHORT);
          case B_ANSWER_LATE -> answerLate();
          case CONSTRAINT -> rollbacks.constraint();
          case DEADLOCK -> rollbacks.deadlock();
          case SERIALISATION -> rollbacks.serialisation();
          case LOCK_TIMEOUT -> rollbacks.lockTimeout();
          case A_KILLED -> killA(seed);
          case COMMIT_ANSWER_LOST -> rollbacks.commitAnswerLost();
          case KAFKA_AWAY -> kafkaAway();
          case WORKER_KILLED -> killWorker();
          case TWO_AT_ONCE -> twoAtOnce();
        };
    party.awaitReady();
    return tookEffect;
  }

  private boolean killB() throws InterruptedException, IOException {
    boolean died = dieAt(Role.B, Effects.HAPPENED);
    Stream.of(Role.B, Role.RECOGNISING_B)
        .filter(party::has)
        .forEach(role -> party.process(role).kill());
    pause(AWAY);
    return died;
  }

  /** Of a process that writes down its steps. */
  private boolean dieAt(Role role, String step) throws InterruptedException, IOException {
    Path signal = Steps.deathAt(party.signals(role), step);
    Files.writeString(signal, "");
    long deadline = System.nanoTime() + DEATH_LIMIT.toNanos();
    while (party.process(role).isAlive() && System.nanoTime() < deadline) {
      pause(LOOK);
    }
    return !Files.deleteIfExists(signal);
  }

  private static boolean bad(TcpProxy network, Mode mode, Duration time)
      throws InterruptedException {
    network.set(mode);
    pause(time);
    network.set(Mode.OPEN);
    return true;
  }

  private boolean answerLate() throws InterruptedException, IOException {
    Path signal = party.signals(Role.B).resolve("delay-all-" + Effects.ANSWER);
    Files.writeString(signal, "");
    pause(SHORT);
    return Files.deleteIfExists(signal);
  }

  private boolean killA(int seed) throws InterruptedException, IOException {
    List<String> steps = party.variant().stepsOfA();
    return dieAt(Role.A, steps.get(seed % steps.size()));
  }

  private boolean kafkaAway() throws InterruptedException {
    party.toKafka().set(Mode.ANSWERS_LOST);
    pause(Duration.ofMillis(200));
    return bad(party.toKafka(), Mode.CUT, AWAY);
  }

  private boolean killWorker() throws InterruptedException, IOException {
    if (party.variant().has(Part.WORKER)) {
      return dieAt(Role.WORKER, CallToB.ANSWERED);
    }
    party.process(Role.RELAY).kill();
    pause(SHORT);
    return true;
  }

  private boolean twoAtOnce() throws InterruptedException, ExecutionException, IOException {
    Path signal = party.signals(Role.B).resolve("delay-next-" + Load.BUSY_ACCOUNT);
    Files.writeString(signal, "");
    CompletableFuture<?>[] answers = new CompletableFuture<?>[3];
    for (int i = 0; i < answers.length; i++) {
      answers[i] = load.ask(load.request(Load.BUSY_ACCOUNT, Store.BRANCH, false));
      TimeUnit.MILLISECONDS.sleep(60);
    }
    for (CompletableFuture<?> answer : answers) {
      Asked unused = (Asked) answer.get();
    }
    pause(SHORT);
    return !Files.exists(signal);
  }

  static void pause(Duration time) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(time.toMillis());
  }
}
