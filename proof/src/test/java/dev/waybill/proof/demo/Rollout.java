package dev.waybill.proof.demo;

import static org.awaitility.Awaitility.await;

import dev.waybill.proof.servers.Servers;
import dev.waybill.proof.systems.CommittedEvent;
import dev.waybill.stack.LocalStack;
import dev.waybill.stack.StackService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;

/**
 * The services of a stack, which are ended with SIGTERM and started again in another version while
 * events flow. After each step events have to go the whole way before there is another one. Used by
 * one thread.
 */
final class Rollout {
  /** How many events there have to be in each situation, at least. */
  static final int EVENTS_EACH = 12;

  /** A version of the schemas, and of the services that are built with it. */
  enum Version {
    /** As the services are built. */
    N,
    /** With the next version of the schemas. */
    NEXT;

    Version other() {
      return this == N ? NEXT : N;
    }
  }

  /**
   * One service to the other version, or the relay restarted, which is the same program in both: it
   * moves payloads without knowing their classes.
   *
   * @param service the first letter of producer, relay or consumer
   * @param producer its version before the step
   * @param consumer likewise
   */
  record Step(char service, Version producer, Version consumer) {
    Version producerAfter() {
      return service == 'p' ? producer.other() : producer;
    }

    Version consumerAfter() {
      return service == 'c' ? consumer.other() : consumer;
    }
  }

  /**
   * Events that met one situation.
   *
   * @param writtenIn the versions of the producer that committed them
   */
  record Passage(String situation, Set<UUID> events, Set<Version> writtenIn) {}

  private final LocalStack stack;
  private final Witness witness;
  private final Display display;
  private final Map<Version, List<Path>> classes;
  private final List<Step> steps = new ArrayList<>();
  private final List<Passage> passages = new ArrayList<>();
  private Version producer = Version.N;
  private Version consumer = Version.N;

  /**
   * Begins with services that run in version N.
   *
   * @param next the folder of the next version's classes
   */
  Rollout(LocalStack stack, Witness witness, Path next, Display display) {
    this.stack = stack;
    this.witness = witness;
    this.display = display;
    this.classes = Map.of(Version.N, List.of(), Version.NEXT, List.of(next));
  }

  /** The steps so far. */
  List<Step> steps() {
    return steps;
  }

  /** What passed so far. */
  List<Passage> passages() {
    return passages;
  }

  /**
   * Takes a step, and waits until events have gone the whole way after it.
   *
   * @param service as in {@link Step}
   */
  void take(char service) {
    Step step = new Step(service, producer, consumer);
    steps.add(step);
    switch (service) {
      case 'p' -> changeProducer();
      case 'r' -> {
        stack.relay().close();
        backlog(Set.of(producer));
        start(stack.relay(), List.of());
      }
      case 'c' -> {
        stack.consumer().close();
        consumer = consumer.other();
        start(stack.consumer(), classes(consumer));
      }
      default -> throw new IllegalArgumentException("no service begins with " + service);
    }
    flow();
  }

  /** Changes the producer while the relay is away, which comes back to rows of both versions. */
  void changeProducerWithoutRelay() {
    stack.relay().close();
    backlog(Set.of(producer));
    changeProducer();
    backlog(Set.of(Version.N, Version.NEXT));
    start(stack.relay(), List.of());
    flow();
  }

  private void changeProducer() {
    stack.producer().close();
    producer = producer.other();
    start(stack.producer(), classes(producer));
  }

  private List<Path> classes(Version version) {
    return classes.getOrDefault(version, List.of());
  }

  private void start(StackService service, List<Path> classesFirst) {
    service.start(classesFirst);
    service.awaitReady(Servers.LIMIT);
    display.say(service.name() + " is back; " + situation());
  }

  /** Waits until enough rows, and enough more than before, were committed that nobody published. */
  private void backlog(Set<Version> writtenIn) {
    int before = unpublished();
    until(() -> unpublished() >= before + EVENTS_EACH);
    List<UUID> rows = witness.published().missing(witness.a().committed().keySet());
    passages.add(new Passage("no relay; " + situation(), Set.copyOf(rows), writtenIn));
  }

  private int unpublished() {
    return witness.a().events() - witness.published().distinct();
  }

  /** Waits until all earlier events are published, and enough later ones took effect in B. */
  private void flow() {
    Map<UUID, CommittedEvent> earlier = witness.a().committed();
    long toBeTold = earlier.values().stream().filter(event -> !event.tombstone()).count();
    until(
        () ->
            witness.notified().distinct() >= toBeTold + EVENTS_EACH
                && witness.published().missing(earlier.keySet()).isEmpty());
    Set<UUID> later = new HashSet<>(witness.notified().copies().keySet());
    later.removeAll(earlier.keySet());
    passages.add(new Passage(situation(), later, Set.of(producer)));
  }

  private String situation() {
    return "producer %s, consumer %s".formatted(producer, consumer);
  }

  private void until(Callable<Boolean> condition) {
    await(situation())
        .atMost(Servers.LIMIT)
        .pollInterval(Duration.ofMillis(200))
        .failFast("B has dead letters", () -> witness.deadLetters() > 0)
        .until(condition);
  }
}
