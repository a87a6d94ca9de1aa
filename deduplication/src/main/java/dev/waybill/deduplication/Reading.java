package dev.waybill.deduplication;

import dev.waybill.deduplication.Envelope.Problem;
import java.util.function.Predicate;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.jspecify.annotations.Nullable;

/**
 * What became of reading a record's value.
 *
 * @param value null for a tombstone, and when there is a problem
 * @param problem null when there is none
 */
record Reading<V>(@Nullable V value, @Nullable Problem problem) {

  /** How values are read. */
  record Reader<V>(String topic, EventFormat<V> format, Predicate<Throwable> outage) {

    /**
     * Reads. Changes nothing, so that what fails is tried again at once, in the same transaction.
     *
     * @throws RuntimeException when something is away that it takes
     */
    Reading<V> read(FixedKeyRecord<byte[], byte[]> record, long version) {
      if (record.value() == null) {
        return new Reading<>(null, null);
      }
      for (int attempt = 1; ; attempt++) {
        try {
          return decode(record, version);
        } catch (NotDecodableException undecodable) {
          return bad(Reason.UNDECODABLE, String.valueOf(undecodable.getMessage()));
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError failure) {
          if (outage.test(failure)) {
            throw failure;
          }
          if (attempt == Attempts.MOST) {
            return bad(Reason.UNPROCESSABLE, Attempts.words(failure));
          }
        }
      }
    }

    private Reading<V> decode(FixedKeyRecord<byte[], byte[]> record, long version)
        throws NotDecodableException {
      V value = format.decode(topic, record.key(), record.value());
      long own = format.version(value);
      return own == 0 || own == version
          ? new Reading<>(value, null)
          : bad(
              Reason.INVALID_VERSION,
              "%s is %s, and %s in the value".formatted(Envelope.VERSION, version, own));
    }

    private static <V> Reading<V> bad(Reason reason, String detail) {
      return new Reading<>(null, new Problem(reason, detail));
    }
  }
}
