package dev.waybill.proof.ledger;

import java.util.UUID;

/**
 * A notification of B, its effect that the world sees.
 *
 * @param readAt when a {@code read_committed} reader had it
 */
public record Notified(int partition, long offset, long readAt, UUID eventId) {}
