package dev.waybill.deduplication;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Records of a stream, whose bytes are what its serdes make of them. */
record DecodedForm<K, V>(DeduplicationSettings settings, Serde<K> keys, Serde<V> values)
    implements Form<K, V, V> {

  @Override
  public Incoming<K, V> incoming(FixedKeyRecord<K, V> record, RecordMetadata source) {
    return new Incoming<>(
        record,
        bytes(keys.serializer(), record, record.key(), source),
        bytes(values.serializer(), record, record.value(), source),
        source);
  }

  @Override
  public Incoming<K, V> salvage(FixedKeyRecord<K, V> record, RecordMetadata source) {
    return new Incoming<>(
        record,
        bytesIfAny(keys.serializer(), record, record.key(), source),
        bytesIfAny(values.serializer(), record, record.value(), source),
        source);
  }

  @SuppressWarnings("NullAway") // Kafka's signature
  private <T> byte[] bytesIfAny(
      Serializer<T> serializer, FixedKeyRecord<K, V> record, T data, RecordMetadata source) {
    try {
      return bytes(serializer, record, data, source);
    } catch (Throwable failure) {
      if (Outages.isOfTheMachine(failure)) {
        throw failure;
      }
      return null; // The dead letter has coordinates, and says what failed.
    }
  }

  /** A serializer may add headers, which are not the record's. */
  @SuppressWarnings("NullAway") // Kafka's signature
  private <T> byte[] bytes(
      Serializer<T> serializer, FixedKeyRecord<K, V> record, T data, RecordMetadata source) {
    return data == null
        ? null
        : serializer.serialize(
            settings.isReplay(source.topic()) ? settings.topic() : source.topic(),
            new RecordHeaders(record.headers()),
            data);
  }

  @Override
  public Reading<V> read(Incoming<K, V> incoming, long version) {
    return new Reading<>(incoming.record().value(), null);
  }

  @Override
  public int contentStart(byte[] value, Headers headers) {
    return 0;
  }
}
