package dev.waybill.proof.demo;

import com.fasterxml.uuid.Generators;
import dev.waybill.stack.LocalStack;
import dev.waybill.stack.Readiness;
import dev.waybill.stack.StackService;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What goes wrong during the demo, each at a share of the requests answered, but not before what
 * was started again is ready: on a slow machine a service would else be killed before it did
 * anything.
 */
final class Mischief {
  private static final int COPIES = 40;

  /**
   * One misfortune.
   *
   * @param at the share of requests answered, from 0 to 1
   */
  private record Act(double at, Step step) {}

  @FunctionalInterface
  private interface Step {
    void run() throws ExecutionException, InterruptedException;
  }

  private final LocalStack stack;
  private final Published published;
  private final Litter litter;
  private final Display display;
  private final List<Act> acts =
      List.of(
          new Act(0.10, this::killRelay),
          new Act(0.15, this::restart),
          new Act(0.30, this::killConsumer),
          new Act(0.40, this::restart),
          new Act(0.50, this::copyAndPoison),
          new Act(0.60, this::killBoth),
          new Act(0.70, this::restart),
          new Act(0.90, this::copyAndPoison));
  private int next;

  Mischief(LocalStack stack, Published published, Litter litter, Display display) {
    this.stack = stack;
    this.published = published;
    this.litter = litter;
    this.display = display;
  }

  /** Does what is due, at most one thing. */
  void upTo(double share) throws ExecutionException, InterruptedException {
    if (next < acts.size() && acts.get(next).at() <= share && nothingIsStarting()) {
      acts.get(next++).step().run();
    }
  }

  /** Whether all of it is done, and everything is ready again. */
  boolean isOver() {
    return next == acts.size() && nothingIsStarting();
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
    display.say(service.name() + " killed with SIGKILL");
  }

  private void restart() {
    stack.services().stream()
        .filter(service -> !service.isAlive())
        .forEach(
            service -> {
              service.start();
              display.say(service.name() + " started again");
            });
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
