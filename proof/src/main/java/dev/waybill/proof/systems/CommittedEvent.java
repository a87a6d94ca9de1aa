package dev.waybill.proof.systems;

import java.time.Instant;

/**
 * A row of A's outbox.
 *
 * @param tombstone whether the order was erased
 */
public record CommittedEvent(String orderId, long version, boolean tombstone, Instant occurredAt) {}
