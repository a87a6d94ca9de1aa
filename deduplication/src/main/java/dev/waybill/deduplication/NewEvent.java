package dev.waybill.deduplication;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that takes effect now, and never again.
 *
 * @param id the event's; of a text that is no UUID, a UUID of version 8 that is made of it
 * @param version the aggregate's version after the event, 1 or more; 0 for an event without one
 * @param type the event's type, such as CloudEvents'; empty when the record had none
 * @param occurredAt the event's time, such as CloudEvents'; null when the record had none that can
 *     be read
 * @param value null for a tombstone: the aggregate is deleted
 * @param newerApplied whether something newer of its aggregate was applied before, which happens to
 *     a replayed dead letter and to an event that came late, and is known of events with versions:
 *     leave tables as they are, do what is the event's own (a notification)
 */
public record NewEvent<V>(
    UUID id,
    long version,
    String type,
    @Nullable Instant occurredAt,
    @Nullable V value,
    boolean newerApplied)
    implements Recognised<V> {}
