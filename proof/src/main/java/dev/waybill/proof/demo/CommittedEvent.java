package dev.waybill.proof.demo;

import java.time.Instant;

/**
 * A row of A's outbox.
 *
 * @param tombstone whether the order was erased
 */
record CommittedEvent(String orderId, long version, boolean tombstone, Instant occurredAt) {}
