package dev.waybill.proof.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.proof.lab.Party.Role;
import dev.waybill.proof.lab.Variant.Part;
import dev.waybill.proof.lab.ledger.Asked;
import dev.waybill.proof.lab.ledger.B;
import dev.waybill.proof.lab.ledger.Injected;
import dev.waybill.proof.lab.ledger.Step;
import dev.waybill.proof.lab.ledger.Told;
import dev.waybill.proof.lab.ledger.VariantLedger;
import dev.waybill.proof.patterns.Steps;
import dev.waybill.proof.systems.TopicReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** One pattern under load: without faults, then under each of them once for each seed. */
final class Experiment implements AutoCloseable {
  /** How long {@link #warmUp} is to last. */
  static final Duration WARM_UP = Duration.ofSeconds(4);

  private static final int WARM_UP_RATE = 10;
  private static final int CONTROL_RATE = 40;
  private static final int RATE = 8;
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration SETTLED = Duration.ofMillis(600);
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(15);
  private static final Duration STILL = Duration.ofSeconds(5);
  private static final Duration AT_REST = Duration.ofMillis(800);
  private static final Duration REST_LIMIT = Duration.ofSeconds(60);
  private static final int ANSWERS = 5;
  private static final int ATTEMPTS = 3;

  /**
   * The patterns have the same order, each from another place on, and so do not restart together.
   */
  private static final int ROTATION = 2;

  /** Between two faults, so that no request belongs to both. */
  private static final Duration APART = Duration.ofMillis(300);

  private final Party party;
  private final int number;
  private final Load load;
  private final Attacker attacker;
  private final List<Injected> injected = new ArrayList<>();
  private final List<Told> recognised = new ArrayList<>();
  private final Set<UUID> distinct = new HashSet<>();
  private final @Nullable TopicReader reader;
  private volatile String doing = "is ready";

  /**
   * Asks for nothing yet.
   *
   * @param number of the pattern among those that are run
   */
  Experiment(Party party, int number) {
    this.number = number;
    this.party = party;
    this.load = new Load(party.url());
    this.attacker = new Attacker(party, load);
    if (party.has(Role.RECOGNISING_B)) {
      reader = new TopicReader(party.kafkaDirectly(), party.effects(), this::effect);
      reader.start();
    } else {
      reader = null;
    }
  }

  private void effect(ConsumerRecord<byte[], byte[]> record) {
    String[] words = new String(record.value(), UTF_8).split(" ", -1);
    Told told =
        new Told(
            B.RECOGNISING,
            UUID.fromString(words[0]),
            words[1],
            Long.parseLong(words[2]),
            Long.parseLong(words[3]));
    synchronized (recognised) {
      recognised.add(told);
      distinct.add(told.id());
    }
  }

  /** Gets everything warm, from now on. */
  void warmUp() {
    doing = "warms up";
    load.phase(0, Asked.WARM_UP);
    load.rate(WARM_UP_RATE);
  }

  /** Asks for nothing more for now. */
  void stopLoad() {
    load.rate(0);
  }

  /** Blocks until it rests. */
  void idle() throws InterruptedException, SQLException {
    awaitRest();
    doing = "waits for its turn";
  }

  /** What it costs; blocks until it is known. */
  void control(Duration time) throws InterruptedException, SQLException {
    doing = "control";
    load.phase(0, Asked.CONTROL);
    load.rate(CONTROL_RATE);
    Attacker.pause(time);
    load.rate(0);
    awaitRest();
    doing = "control done";
  }

  /**
   * Does all of it.
   *
   * @param say told what happens
   */
  void attack(int seeds, List<LabFault> faults, Consumer<String> say)
      throws InterruptedException, ExecutionException, SQLException, IOException {
    load.rate(RATE);
    for (int seed = 1; seed <= seeds; seed++) {
      List<LabFault> order = new ArrayList<>(faults);
      Collections.shuffle(order, new Random(seed));
      Collections.rotate(order, ROTATION * number);
      for (LabFault fault : order) {
        if (fault.canBeDoneTo(party.variant())) {
          injectUntilItTakesEffect(seed, fault, say);
        }
      }
      say.accept("%s: seed %s of %s is done".formatted(party.variant().text(), seed, seeds));
    }
    load.rate(0);
    doing = "comes to rest";
    awaitRest();
    doing = "done";
  }

  /** On a machine that is busy the moment that a fault needs can pass unused. */
  private void injectUntilItTakesEffect(int seed, LabFault fault, Consumer<String> say)
      throws InterruptedException, ExecutionException, SQLException, IOException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      if (inject(seed, fault)) {
        return;
      }
      say.accept(
          "%s: %s of seed %s did not take effect"
              .formatted(party.variant().text(), fault.text(), seed));
    }
  }

  private boolean inject(int seed, LabFault fault)
      throws InterruptedException, ExecutionException, SQLException, IOException {
    doing = "seed " + seed + ": " + fault.text();
    load.phase(seed, fault.text());
    Attacker.pause(APART);
    long began = Steps.now();
    boolean tookEffect = attacker.inject(fault, seed);
    injected.add(
        new Injected(
            seed, fault.text(), fault.words(), fault.hurtsA(), began, Steps.now(), tookEffect));
    settle();
    return tookEffect;
  }

  /** Until A answers well, nobody waits for it, and what is not told does not become less. */
  private void settle() throws InterruptedException, SQLException {
    long deadline = System.nanoTime() + SETTLE_LIMIT.toNanos();
    long least = Long.MAX_VALUE;
    long since = System.nanoTime();
    while (System.nanoTime() < deadline) {
      long untold = untold();
      if (untold < least || !load.isWell(ANSWERS) || load.isWaitingFor(SETTLED)) {
        least = untold;
        since = System.nanoTime();
      }
      if (System.nanoTime() - since > SETTLED.toNanos()) {
        return;
      }
      Attacker.pause(LOOK);
    }
  }

  /**
   * Until everything is told, or nothing moves for long.
   *
   * @throws IllegalStateException when it does not come to rest
   */
  private void awaitRest() throws InterruptedException, SQLException {
    long deadline = System.nanoTime() + REST_LIMIT.toNanos();
    List<Long> before = List.of();
    long since = System.nanoTime();
    while (System.nanoTime() < deadline) {
      List<Long> now = moved();
      if (!now.equals(before) || load.underWay() > 0) {
        before = now;
        since = System.nanoTime();
      }
      Duration still = Duration.ofNanos(System.nanoTime() - since);
      if (still.compareTo(untold() == 0 ? AT_REST : STILL) > 0) {
        return;
      }
      Attacker.pause(LOOK);
    }
    throw new IllegalStateException("it did not come to rest in " + REST_LIMIT.toSeconds() + " s");
  }

  private List<Long> moved() throws SQLException {
    synchronized (recognised) {
      return List.of(
          party.store().committedCount(),
          party.store().effectCount(),
          (long) recognised.size(),
          (long) load.count());
    }
  }

  private long untold() throws SQLException {
    long untold = party.store().untold();
    if (reader == null) {
      return untold;
    }
    synchronized (recognised) {
      return Math.max(untold, party.store().committedCount() - distinct.size());
    }
  }

  /** Everything that was seen, but what was asked for while all got warm. */
  VariantLedger ledger() throws SQLException, IOException {
    Set<UUID> warmUp = new HashSet<>();
    load.asked().stream()
        .filter(asked -> asked.phase().equals(Asked.WARM_UP))
        .forEach(asked -> warmUp.add(asked.id()));
    List<Told> told = new ArrayList<>(party.store().told(B.NOT_RECOGNISING));
    if (party.variant().has(Part.RELAY)) {
      synchronized (recognised) {
        told.addAll(recognised);
      }
    } else {
      told.addAll(party.store().told(B.RECOGNISING));
    }
    List<Step> steps = new ArrayList<>();
    for (Role role : party.roles()) {
      steps.addAll(steps(role));
    }
    return new VariantLedger(
        party.variant().text(),
        party.variant().words(),
        load.asked().stream().filter(asked -> !warmUp.contains(asked.id())).toList(),
        party.store().committed().stream()
            .filter(booking -> !warmUp.contains(booking.id()))
            .toList(),
        told.stream().filter(effect -> !warmUp.contains(effect.id())).toList(),
        steps,
        injected,
        "");
  }

  private List<Step> steps(Role role) throws IOException {
    Path log = party.signals(role).resolve(Steps.LOG);
    if (!Files.exists(log)) {
      return List.of();
    }
    return Files.readAllLines(log).stream().map(line -> step(role, line)).toList();
  }

  private static Step step(Role role, String line) {
    String[] words = line.split(" ", 3);
    return new Step(
        role.text(),
        Long.parseLong(words[0]),
        words[1].equals(Steps.NOBODY) ? null : UUID.fromString(words[1]),
        words[2]);
  }

  /** For people: what it does, and how much was done. */
  String status() {
    return String.format(
        Locale.ROOT, "%-30s %-34s %,6d requests", party.variant().text(), doing, load.count());
  }

  @Override
  public void close() {
    load.close();
    if (reader != null) {
      reader.close();
    }
  }
}
