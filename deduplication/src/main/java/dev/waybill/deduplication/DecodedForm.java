package dev.waybill.deduplication;

import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Records of a stream, whose bytes are what its serdes make of them. */
record DecodedForm<K, V>(DeduplicationSettings settings, Serde<K> keys, Serde<V> values)
    implements Form<K, V, V> {

  /** What begins so says how key or value were written, as Confluent's and Apicurio's serdes do. */
  private static final List<String> ENCODINGS =
      List.of("__key_schema_id", "__value_schema_id", "apicurio.key.", "apicurio.value.");

  @Override
  public Incoming<K, V> incoming(FixedKeyRecord<K, V> record, RecordMetadata source) {
    Headers headers = withoutEncodings(record.headers());
    return new Incoming<>(
        record,
        bytes(keys.serializer(), headers, record.key(), source),
        bytes(values.serializer(), headers, record.value(), source),
        headers,
        source);
  }

  @Override
  public Incoming<K, V> salvage(FixedKeyRecord<K, V> record, RecordMetadata source) {
    Headers headers = withoutEncodings(record.headers());
    return new Incoming<>(
        record,
        bytesIfAny(keys.serializer(), headers, record.key(), source),
        bytesIfAny(values.serializer(), headers, record.value(), source),
        headers,
        source);
  }

  /** A copy, to which the serializers add what is so of the bytes that they make. */
  private static Headers withoutEncodings(Headers headers) {
    RecordHeaders others = new RecordHeaders();
    for (Header header : headers) {
      if (ENCODINGS.stream().noneMatch(header.key()::startsWith)) {
        others.add(header);
      }
    }
    return others;
  }

  @SuppressWarnings("NullAway") // Kafka's signature
  private <T> byte[] bytesIfAny(
      Serializer<T> serializer, Headers headers, T data, RecordMetadata source) {
    try {
      return bytes(serializer, headers, data, source);
    } catch (Throwable failure) {
      if (Outages.isOfTheMachine(failure)) {
        throw failure;
      }
      return null; // The dead letter has coordinates, and says what failed.
    }
  }

  @SuppressWarnings("NullAway") // Kafka's signature
  private <T> byte[] bytes(
      Serializer<T> serializer, Headers headers, T data, RecordMetadata source) {
    return data == null
        ? null
        : serializer.serialize(
            settings.isReplay(source.topic()) ? settings.topic() : source.topic(), headers, data);
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
