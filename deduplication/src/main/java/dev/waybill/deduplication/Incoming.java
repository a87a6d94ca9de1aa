package dev.waybill.deduplication;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A record that is to be decided.
 *
 * @param key its bytes; null when it has none, which no more than its {@link Envelope} may look at
 * @param value its bytes; null for a tombstone
 * @param headers that say of those bytes what their reader has to know, and all others of the
 *     record
 * @param source where it is
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Incoming<K, I>(
    FixedKeyRecord<K, I> record,
    byte[] key,
    byte @Nullable [] value,
    Headers headers,
    RecordMetadata source) {}
