package dev.waybill.runtime.transactions;

/** What a producer does after a transaction that it could not commit. */
public enum Habit {
  /** It is initialised again: one that was followed by another has committed. */
  INITIALISES,
  /**
   * It aborts and goes on, as those of Kafka Streams may: only of the last one is known how it
   * ended.
   */
  GOES_ON,
  /** It goes on like that, and has committed the transaction before the one under way. */
  HAS_COMMITTED
}
