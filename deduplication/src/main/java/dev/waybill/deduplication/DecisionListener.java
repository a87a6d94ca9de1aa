package dev.waybill.deduplication;

import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Told of each decision, in the stream thread, before it is carried out: return at once. What it
 * throws is logged and changes nothing. The Kafka transaction may still be aborted, and the same
 * record is then decided again.
 */
@FunctionalInterface
public interface DecisionListener {

  /**
   * Hears of it.
   *
   * @param key the record's key as bytes, the aggregate's id; null when it has none
   * @param source topic, partition and offset of the record
   */
  void decided(Decision decision, byte @Nullable [] key, RecordMetadata source);
}
