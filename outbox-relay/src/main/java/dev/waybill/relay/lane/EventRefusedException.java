package dev.waybill.relay.lane;

import dev.waybill.relay.source.OutboxRow;

/**
 * Kafka does not take the record of this event, whatever else is in the page: it is larger than
 * {@code max.request.size} or the topic's {@code max.message.bytes}, or broken; or no record can be
 * made of its row. Its aggregate waits, and where no other can wait any more, the lane stays before
 * it, because it never skips.
 */
public final class EventRefusedException extends RuntimeException {
  private final transient OutboxRow row;

  EventRefusedException(OutboxRow row, Exception cause) {
    super(
        "event %s (seq %s, %s) cannot be published"
            .formatted(row.eventId(), row.seq(), row.eventType()),
        cause);
    this.row = row;
  }

  OutboxRow row() {
    return row;
  }
}
