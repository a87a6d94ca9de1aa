package dev.waybill.deduplication;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that takes effect now, and never again.
 *
 * @param id of UUID version 7
 * @param version the aggregate's version after the event, 1 or more
 * @param type CloudEvents' type; empty when the record had none
 * @param occurredAt CloudEvents' time; null when the record had none that can be read
 * @param value null for a tombstone: the aggregate is deleted
 * @param newerApplied whether something newer of its aggregate was applied before, which happens to
 *     a replayed dead letter and to an event that came late: leave tables as they are, do what is
 *     the event's own (a notification)
 */
public record NewEvent<V>(
    UUID id,
    long version,
    String type,
    @Nullable Instant occurredAt,
    @Nullable V value,
    boolean newerApplied)
    implements Recognised<V> {}
