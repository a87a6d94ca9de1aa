package dev.waybill.proof.lab;

import dev.waybill.proof.Names;
import dev.waybill.proof.patterns.Bank;
import dev.waybill.proof.patterns.CallToB;
import dev.waybill.proof.patterns.externalqueue.KafkaQueue;
import dev.waybill.proof.patterns.internalqueuepush.JobInTransaction;
import dev.waybill.proof.patterns.internalqueuerelay.OutboxInTransaction;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The patterns as they are run: one of them in two ways. */
@SuppressWarnings("ImmutableEnumChecker") // what it has is never changed
public enum Variant {
  DIRECT_AFTER_COMMIT(
      "A commits, then calls B", Set.of(Part.HTTP), Bank.CHANGED, Bank.COMMITTED, CallToB.ANSWERED),
  DIRECT_AFTER_COMMIT_RETRYING(
      "A commits, then calls B from its memory, until B answers",
      Set.of(Part.HTTP),
      Bank.CHANGED,
      Bank.COMMITTED,
      CallToB.ANSWERED),
  DIRECT_IN_TRANSACTION(
      "A calls B within its transaction, then commits",
      Set.of(Part.HTTP),
      Bank.CHANGED,
      CallToB.ANSWERED,
      Bank.COMMITTED),
  EXTERNAL_QUEUE_PUSH(
      "A writes to Kafka within its transaction; A's worker takes from Kafka and calls B",
      Set.of(Part.HTTP, Part.KAFKA, Part.WORKER),
      Bank.CHANGED,
      KafkaQueue.QUEUED,
      Bank.COMMITTED),
  EXTERNAL_QUEUE_PULL(
      "A writes to Kafka within its transaction; B takes from Kafka",
      Set.of(Part.KAFKA),
      Bank.CHANGED,
      KafkaQueue.QUEUED,
      Bank.COMMITTED),
  INTERNAL_QUEUE_PUSH(
      "A writes a job within its transaction; two workers of A call B",
      Set.of(Part.HTTP, Part.WORKER),
      Bank.CHANGED,
      JobInTransaction.WRITTEN,
      Bank.COMMITTED),
  INTERNAL_QUEUE_RELAY(
      "Waybill: A writes to its outbox within its transaction, the relay moves it to Kafka, B"
          + " recognises",
      Set.of(Part.KAFKA, Part.RELAY),
      Bank.CHANGED,
      OutboxInTransaction.APPENDED,
      Bank.COMMITTED);

  /** What a pattern has beside A, its database and B. */
  enum Part {
    /** B is called. */
    HTTP,
    /** Something goes through Kafka. */
    KAFKA,
    /** A has a worker that calls B. */
    WORKER,
    /** Waybill's relay, and its B. */
    RELAY
  }

  private final String words;
  private final Set<Part> parts;
  private final List<String> stepsOfA;

  Variant(String words, Set<Part> parts, String... stepsOfA) {
    this.words = words;
    this.parts = parts;
    this.stepsOfA = List.of(stepsOfA);
  }

  /** As the command line has it. */
  public String text() {
    return Names.of(this);
  }

  /** The pattern in words. */
  public String words() {
    return words;
  }

  boolean has(Part part) {
    return parts.contains(part);
  }

  /** Between which A can die. */
  List<String> stepsOfA() {
    return stepsOfA;
  }

  /** The same, as a name in PostgreSQL and Kafka. */
  String identifier() {
    return "lab_" + name().toLowerCase(Locale.ROOT);
  }
}
