package dev.waybill.deduplication;

/**
 * Told of each decision, in the stream thread, before it is carried out: return at once and throw
 * nothing. The Kafka transaction may still be aborted, and the same record is then decided again.
 */
@FunctionalInterface
public interface DecisionListener {
  void decided(Decision decision);
}
