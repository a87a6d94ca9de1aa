package dev.waybill.proof.ledger;

import org.jspecify.annotations.Nullable;

/**
 * A record of the topic of replays.
 *
 * @param readAt when a {@code read_committed} reader had it
 * @param eventId as its header has it; null without one
 */
public record Replayed(int partition, long offset, long readAt, @Nullable String eventId) {}
