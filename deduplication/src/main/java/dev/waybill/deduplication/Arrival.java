package dev.waybill.deduplication;

import org.jspecify.annotations.Nullable;

/**
 * A record, decided.
 *
 * @param value the decoded value; null for a tombstone, and where the decision needed none
 * @param seen what the id store remembers of the event; null when nothing
 * @param digest of the content; null when the event cannot be remembered
 * @param versions what is known of its aggregate before this record; of an event without a version
 *     nothing
 */
record Arrival<K, I, V>(
    Incoming<K, I> incoming,
    Envelope envelope,
    @Nullable V value,
    @Nullable RememberedEvent seen,
    @Nullable ContentDigest digest,
    Versions versions,
    Decision decision) {}
