package dev.waybill.proof.checker;

/** What must hold, whatever is done to Waybill. */
public enum Invariant {
  NO_LOSS(
      "I1",
      "no loss",
      "every committed event was applied once or is an open dead letter; every acknowledged change"
          + " committed"),
  NO_PHANTOM("I2", "no phantom", "nothing is in the topic or in B that did not commit in A"),
  ONCE("I3", "once", "an event has one effect in B at most"),
  ORDER(
      "I4",
      "order",
      "the events of an aggregate are in the order of A's versions, in the topic and in B's"
          + " effects"),
  INTEGRITY(
      "I5",
      "integrity",
      "what is published is what was committed, byte by byte, and B's tables say what A's say"),
  CONSERVATION(
      "I6", "conservation", "records read = events applied + duplicates + dead letters, exactly"),
  DEAD_LETTERS("I7", "dead letters", "a replay takes effect exactly once"),
  CONFLICT(
      "I8",
      "conflict",
      "what contradicts an event or is no event is a dead letter, and nothing else is one"),
  DETERMINISM("I9", "determinism", "the same log gives the same outcomes and the same stores"),
  NEWCOMER(
      "I10", "newcomer", "a B built from the compacted topic has the tables of one that saw all"),
  ISOLATION(
      "I11",
      "isolation",
      "no read_committed reader sees an aborted record; no transaction stays open"),
  LIVENESS(
      "I12",
      "liveness",
      "after a fault's end, what was committed until then is applied within the run's bound"),
  A_IS_FREE("I13", "A is free", "no request to A fails because of what is behind A's database"),
  BOUNDED("I14", "bounded", "stores, threads, connections and memory do not grow"),
  TOLD("I15", "told", "a service says that it is not ready while a long fault lasts");

  private final String number;
  private final String title;
  private final String sentence;

  Invariant(String number, String title, String sentence) {
    this.number = number;
    this.title = title;
    this.sentence = sentence;
  }

  /** {@code I1} to {@code I15}. */
  public String number() {
    return number;
  }

  /** A word or two. */
  public String title() {
    return title;
  }

  /** What must hold. */
  public String sentence() {
    return sentence;
  }
}
