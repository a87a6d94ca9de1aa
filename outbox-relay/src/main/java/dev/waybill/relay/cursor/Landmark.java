package dev.waybill.relay.cursor;

import java.util.Objects;
import java.util.UUID;

/**
 * The last row that was published. A database in which another event has its seq was taken back to
 * an earlier state, as by a disk snapshot, and has since gone another way; neither its system
 * identifier nor its timeline would tell.
 */
public record Landmark(long seq, UUID eventId) {
  public Landmark {
    Objects.requireNonNull(eventId, "a landmark needs an eventId");
  }
}
