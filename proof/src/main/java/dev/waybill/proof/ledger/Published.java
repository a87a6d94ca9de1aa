package dev.waybill.proof.ledger;

import org.jspecify.annotations.Nullable;

/**
 * A record of the events' topic, as a {@code read_committed} reader found it who followed from the
 * first offset.
 *
 * @param readAt when the reader had it
 * @param eventId as its header has it; null without one
 * @param version likewise
 * @param payload as {@link Committed#payload}, of what stands behind the schema's id; null for a
 *     tombstone
 */
public record Published(
    int partition,
    long offset,
    long readAt,
    @Nullable String key,
    @Nullable String eventId,
    @Nullable String version,
    @Nullable String payload) {

  /** The same at another place. */
  public Published at(long otherOffset) {
    return new Published(partition, otherOffset, readAt, key, eventId, version, payload);
  }
}
