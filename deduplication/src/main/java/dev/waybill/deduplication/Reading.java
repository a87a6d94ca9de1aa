package dev.waybill.deduplication;

import dev.waybill.deduplication.Envelope.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What became of reading a record's value.
 *
 * @param value null for a tombstone, and when there is a problem
 * @param problem null when there is none
 */
record Reading<V>(@Nullable V value, @Nullable Problem problem) {
  static <V> Reading<V> bad(Reason reason, String detail) {
    return new Reading<>(null, new Problem(reason, detail));
  }
}
