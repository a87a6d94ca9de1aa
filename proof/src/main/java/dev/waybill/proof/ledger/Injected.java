package dev.waybill.proof.ledger;

import org.jspecify.annotations.Nullable;

/**
 * A record that the attack has written into the events' topic itself.
 *
 * @param at when the broker had acknowledged it
 * @param eventId that it has; null for none
 */
public record Injected(long at, Kind kind, int partition, long offset, @Nullable String eventId) {

  /** What is to become of it. */
  public enum Kind {
    /** Of an event that is there: dropped. */
    COPY,
    /** The id of an event that is there, with other content: a dead letter. */
    CONFLICT,
    /** An event that is there, in a partition that is not its: a dead letter. */
    STRAY,
    /** No event at all, or one that nobody can take: a dead letter. */
    POISON
  }
}
