package dev.waybill.deduplication;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * How records come: as bytes that are decoded here, or decoded already. Of one task.
 *
 * @param <K> what keys are
 * @param <I> what values are when they come
 * @param <V> what they are in a {@link NewEvent}
 */
interface Form<K, I, V> {

  /** The record with its bytes. */
  Incoming<K, I> incoming(FixedKeyRecord<K, I> record, RecordMetadata source);

  /** The same of one that failed whenever it was tried, with those bytes that can be had. */
  default Incoming<K, I> salvage(FixedKeyRecord<K, I> record, RecordMetadata source) {
    return incoming(record, source);
  }

  /**
   * What the event says. Changes nothing, so that what fails is tried again at once, in the same
   * transaction.
   *
   * @param version the aggregate's, as the record has it; 0 for none
   * @throws RuntimeException when something is away that it takes
   */
  Reading<V> read(Incoming<K, I> incoming, long version);

  /** Where in its bytes a value's content begins. */
  int contentStart(byte[] value, Headers headers);
}
