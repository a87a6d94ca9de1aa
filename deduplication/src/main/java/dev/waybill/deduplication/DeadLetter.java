package dev.waybill.deduplication;

import org.jspecify.annotations.Nullable;

/**
 * A record for the dead-letter topic, which has its headers already.
 *
 * @param key as it came; null when there was none, or when the record was too large
 * @param value as it came, or its first bytes when the record was too large
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record DeadLetter<V>(byte @Nullable [] key, byte @Nullable [] value) implements Recognised<V> {}
