package dev.waybill.proof.campaign;

import dev.waybill.proof.KafkaClients;
import dev.waybill.proof.faults.Attack;
import dev.waybill.proof.faults.Attack.Flow;
import dev.waybill.proof.faults.Injector;
import dev.waybill.proof.faults.Schedule;
import dev.waybill.proof.faults.Target;
import dev.waybill.proof.ledger.Fault;
import dev.waybill.proof.ledger.Fault.Part;
import dev.waybill.proof.ledger.LedgerWriter;
import dev.waybill.proof.ledger.Sample;
import dev.waybill.proof.mutants.Tamper;
import dev.waybill.proof.systems.OutboxRows;
import dev.waybill.proof.systems.Topics;
import dev.waybill.proof.world.Exit;
import dev.waybill.proof.world.Member;
import dev.waybill.proof.world.World;
import dev.waybill.stack.Readiness;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run on a world that is ready: traffic and faults, until the time is over or somebody has
 * enough.
 */
final class Campaign implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Campaign.class);

  /** A victim is hit when as many have moved through it since it was whole. */
  private static final int MOVED = 25;

  /** If as few do not move in this time, what holds them is for the judge to say. */
  private static final Duration MOVE_LIMIT = Duration.ofSeconds(60);

  private static final Duration LOOK = Duration.ofMillis(100);

  private final World world;
  private final LedgerWriter ledger;
  private final Display display;
  private final Traffic traffic;
  private final Observers observers;
  private final Target target;
  private final KafkaProducer<byte[], byte[]> producer;
  private final ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor();
  private final CountDownLatch enough = new CountDownLatch(1);
  private final Map<Flow, Long> movedBefore = new EnumMap<>(Flow.class);
  private int faults;

  Campaign(
      World world, LedgerWriter ledger, Display display, double rate, long seed, Tamper tamper) {
    this.world = world;
    this.ledger = ledger;
    this.display = display;
    this.producer = KafkaClients.writer(world.servers().kafka().bootstrapServers());
    Injector injector = new Injector(producer, Topics.EVENTS, ledger::add);
    this.target = new Target(world, injector, new OutboxRows());
    this.observers = new Observers(world.servers(), ledger, injector, tamper);
    this.traffic = new Traffic(URI.create(world.service(Member.A).url()), rate, seed, ledger);
  }

  /** Ends the run early: no more faults begin. Does not block. */
  void stop() {
    enough.countDown();
  }

  /**
   * Attacks until the time is over, then heals the world, and writes down how it is at rest.
   *
   * @param compacts whether the topic is compacted at the end, and a B built from what is left
   * @throws Exception when the world could not be attacked, healed or read any further; what was
   *     written down until then can be judged
   */
  void run(Schedule schedule, Duration time, boolean compacts) throws Exception {
    observers.start();
    traffic.start();
    world.supervise(this::exited);
    var unused = sampler.scheduleAtFixedRate(this::sample, 1, 1, TimeUnit.SECONDS);
    var unusedToo = sampler.scheduleAtFixedRate(this::measure, 5, 5, TimeUnit.SECONDS);
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end && !isEnough(Duration.ZERO)) {
      List<Attack> next = schedule.next();
      if (next.isEmpty()) {
        isEnough(LOOK);
      }
      attack(next, end);
    }
    if (isEnough(Duration.ZERO)) {
      reviveServers();
    }
    display.say("no more faults; the world is healed, and what is under way arrives");
    traffic.end().forEach(failure -> display.say("a change was not acknowledged: " + failure));
    new AtRest(world, ledger, observers, target.outbox())
        .read(traffic.acknowledged(), compacts, display);
    sampler.shutdown();
  }

  private void exited(Exit exit) {
    display.say(exit.text());
    ledger.add(
        new Fault(Fault.EXIT, exit.text(), Part.NOBODY, exit.at(), exit.startedAt(), inFlight()));
  }

  private long inFlight() {
    return Math.max(0, traffic.acknowledged() - observers.applied());
  }

  /**
   * Whoever ends a run with Ctrl-C sends that to every process of the terminal, to the broker, too.
   */
  private void reviveServers() throws InterruptedException {
    display.say("ended early");
    TimeUnit.SECONDS.sleep(3);
    world.servers().kafka().stop();
    world.servers().kafka().start();
  }

  /** Does all of it at a time, and makes the world whole again. */
  private void attack(List<Attack> attacks, long end) throws Exception {
    for (Attack attack : attacks) {
      if (isEnough(attack.after()) || !awaitMoved(attack.flow(), end)) {
        return;
      }
    }
    List<Fault> begun = new ArrayList<>();
    for (Attack attack : attacks) {
      begun.add(begin(attack));
    }
    for (int one = 0; one < attacks.size(); one++) {
      isEnough(attacks.get(one).lasts());
      attacks.get(one).end().doTo(target);
      ledger.add(begun.get(one).until(System.currentTimeMillis()));
      faults++;
    }
    for (Flow flow : Flow.values()) {
      movedBefore.put(flow, moved(flow));
    }
  }

  private Fault begin(Attack attack) throws Exception {
    long inFlight = inFlight();
    display.say("%s %s (%s events in flight)".formatted(attack.name(), attack.what(), inFlight));
    long now = System.currentTimeMillis();
    Fault fault = new Fault(attack.name(), attack.what(), attack.hurts(), now, now, inFlight);
    attack.begin().doTo(target);
    return fault;
  }

  /** Whether there was enough flow before the time is over. */
  private boolean awaitMoved(Flow flow, long end) throws InterruptedException {
    long wanted = movedBefore.getOrDefault(flow, 0L) + MOVED;
    long limit = Math.min(end, System.nanoTime() + MOVE_LIMIT.toNanos());
    while (moved(flow) < wanted) {
      if (System.nanoTime() > limit || isEnough(LOOK)) {
        return false;
      }
    }
    return true;
  }

  private long moved(Flow flow) {
    return switch (flow) {
      case CHANGES -> traffic.acknowledged();
      case PUBLISHED -> observers.published();
      case APPLIED -> observers.applied();
    };
  }

  /** Waits for so long; whether somebody has had enough. */
  private boolean isEnough(Duration pause) throws InterruptedException {
    return enough.await(pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void measure() {
    try {
      for (Member member : Member.values()) {
        ProcessSize.of(world.service(member)).ifPresent(ledger::add);
      }
    } catch (RuntimeException failure) {
      log.warn("processes were not measured", failure);
    }
  }

  private void sample() {
    try {
      Map<String, String> notReady = new TreeMap<>();
      for (Member member : Member.values()) {
        String reason = Readiness.of(world.service(member).url());
        if (!reason.isEmpty()) {
          notReady.put(member.text(), reason);
        }
      }
      Sample now =
          new Sample(
              System.currentTimeMillis(),
              traffic.acknowledged(),
              observers.published(),
              observers.notified(),
              notReady);
      ledger.add(now);
      ledger.flush();
      display.show(now, faults, observers.letters());
    } catch (RuntimeException failure) {
      log.warn("a sample was not taken", failure);
    }
  }

  @Override
  public void close() {
    sampler.shutdownNow();
    traffic.close();
    observers.close();
    producer.close(Duration.ZERO);
  }
}
