package dev.waybill.proof.mutants;

/** What a kit with a fault does to what it sees. */
public enum Tamper {
  NOTHING,
  /** Passes over one notification in a thousand. */
  DROP,
  /** Takes one notification in a thousand for two. */
  DOUBLE,
  /** Takes two neighbours in the topic for each other, now and then. */
  SWAP
}
