package dev.waybill.deduplication;

import java.util.function.Predicate;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Records as they are in the topic; an {@link EventFormat} decodes them. */
record EncodedForm<V>(String topic, EventFormat<V> format, Predicate<Throwable> outage)
    implements Form<byte[], byte[], V> {

  @Override
  public Incoming<byte[], byte[]> incoming(
      FixedKeyRecord<byte[], byte[]> record, RecordMetadata source) {
    return new Incoming<>(record, record.key(), record.value(), record.headers(), source);
  }

  @Override
  public Reading<V> read(Incoming<byte[], byte[]> incoming, long version) {
    byte[] value = incoming.value();
    if (value == null) {
      return new Reading<>(null, null);
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return decode(incoming, value, version);
      } catch (NotDecodableException undecodable) {
        return Reading.bad(Reason.UNDECODABLE, String.valueOf(undecodable.getMessage()));
      } catch (Throwable failure) {
        if (Outages.isOfTheMachine(failure) || outage.test(failure)) {
          throw failure;
        }
        if (attempt == Attempts.MOST) {
          return Reading.bad(Reason.UNPROCESSABLE, Attempts.words(failure));
        }
      }
    }
  }

  private Reading<V> decode(Incoming<byte[], byte[]> incoming, byte[] bytes, long version)
      throws NotDecodableException {
    V value = format.decode(topic, incoming.key(), bytes, incoming.record().headers(), version);
    long own = format.version(value);
    return own == 0 || own == version
        ? new Reading<>(value, null)
        : Reading.bad(
            Reason.INVALID_VERSION,
            "the version is %s, and %s in the value".formatted(version, own));
  }

  @Override
  public int contentStart(byte[] value, Headers headers) {
    return format.contentStart(value, headers);
  }
}
