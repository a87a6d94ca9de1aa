package dev.waybill.proof.ledger;

import org.jspecify.annotations.Nullable;

/**
 * A dead letter of B.
 *
 * @param eventId that it names; null for none
 * @param fromPartition where the record is that it is about
 * @param built whether a bug has made it that the attack had built in
 */
public record Letter(
    int partition,
    long offset,
    long readAt,
    @Nullable String eventId,
    String reason,
    int fromPartition,
    long fromOffset,
    boolean built) {}
