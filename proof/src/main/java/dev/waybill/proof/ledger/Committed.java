package dev.waybill.proof.ledger;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of A's outbox, read when nothing was written any more.
 *
 * @param at when its transaction began, by the database's clock
 * @param payload the first 16 bytes of its SHA-256, in hexadecimal; null for a tombstone
 */
public record Committed(
    long seq, UUID eventId, String aggregateId, long version, @Nullable String payload, long at) {}
