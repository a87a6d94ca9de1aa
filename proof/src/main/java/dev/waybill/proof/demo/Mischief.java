package dev.waybill.proof.demo;

import com.fasterxml.uuid.Generators;
import dev.waybill.stack.LocalStack;
import dev.waybill.stack.Readiness;
import dev.waybill.stack.StackService;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What goes wrong during the demo, each at a share of the requests answered, but not before what
 * was started again is ready and events have moved through the relay and B since: on a slow machine
 * a service would else be killed before it did anything.
 */
final class Mischief {
  private static final int COPIES = 40;

  /** As many events come to the topic and to B before the next misfortune. */
  private static final int MOVED = 50;

  /**
   * One misfortune.
   *
   * @param at the share of requests answered, from 0 to 1
   * @param repair whether it only puts right what an earlier one did
   */
  private record Act(double at, boolean repair, Step step) {}

  @FunctionalInterface
  private interface Step {
    void run() throws ExecutionException, InterruptedException;
  }

  private final LocalStack stack;
  private final Published published;
  private final Notified notified;
  private final Litter litter;
  private final Display display;
  private final List<Act> acts =
      List.of(
          new Act(0.10, false, this::killRelay),
          new Act(0.15, true, this::restart),
          new Act(0.30, false, this::killConsumer),
          new Act(0.40, true, this::restart),
          new Act(0.50, false, this::copyAndPoison),
          new Act(0.60, false, this::killBoth),
          new Act(0.70, true, this::restart),
          new Act(0.90, false, this::copyAndPoison));
  private final Map<StackService, Instant> killed = new LinkedHashMap<>();
  private final List<Outage> outages = new ArrayList<>();
  private int next;
  private int publishedBefore;
  private int notifiedBefore;

  Mischief(
      LocalStack stack, Published published, Notified notified, Litter litter, Display display) {
    this.stack = stack;
    this.published = published;
    this.notified = notified;
    this.litter = litter;
    this.display = display;
  }

  /** Does what is due, at most one thing. */
  void upTo(double share) throws ExecutionException, InterruptedException {
    if (next < acts.size() && acts.get(next).at() <= share && nothingIsStarting()) {
      if (acts.get(next).repair() || eventsHaveMoved()) {
        acts.get(next++).step().run();
        publishedBefore = published.distinct();
        notifiedBefore = notified.distinct();
      }
    }
  }

  /** Does nothing any more but start what is killed. */
  void giveUp() {
    next = acts.size();
    restart();
  }

  /** Whether all of it is done, and everything is ready again. */
  boolean isOver() {
    return next == acts.size() && nothingIsStarting();
  }

  /** Those of services that were killed and started again. */
  List<Outage> outages() {
    return List.copyOf(outages);
  }

  private boolean eventsHaveMoved() {
    return published.distinct() >= publishedBefore + MOVED
        && notified.distinct() >= notifiedBefore + MOVED;
  }

  private boolean nothingIsStarting() {
    return stack.services().stream()
        .allMatch(service -> !service.isAlive() || Readiness.of(service.url()).isEmpty());
  }

  private void killRelay() {
    kill(stack.relay());
  }

  private void killConsumer() {
    kill(stack.consumer());
  }

  private void killBoth() {
    killRelay();
    killConsumer();
  }

  private void kill(StackService service) {
    service.kill();
    killed.put(service, Instant.now());
    display.say(service.name() + " killed with SIGKILL");
  }

  private void restart() {
    killed.forEach(
        (service, since) -> {
          service.start();
          outages.add(new Outage(service.name(), since, Instant.now()));
          display.say(service.name() + " started again");
        });
    killed.clear();
  }

  private void copyAndPoison() throws ExecutionException, InterruptedException {
    List<ConsumerRecord<byte[], byte[]>> records = published.records();
    if (records.size() < 2 + litter.conflicts()) {
      return;
    }
    litter.repeat(records, COPIES);
    litter.contradict(records.get(0), records.get(1 + litter.conflicts()));
    litter.poison(Generators.timeBasedEpochGenerator().generate());
    display.say(COPIES + " events copied in the topic, poison and a contradiction added");
  }
}
