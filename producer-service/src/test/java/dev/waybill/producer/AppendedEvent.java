package dev.waybill.producer;

import dev.waybill.orders.OrderEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.List;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.util.ClassSecurityValidator;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** A row of the outbox. */
record AppendedEvent(
    String aggregateId,
    long version,
    String type,
    @Nullable OrderEvent payload,
    String headers,
    OffsetDateTime occurredAt) {

  static {
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.DEFAULT,
            type -> type.getPackageName().equals(OrderEvent.class.getPackageName())));
  }

  static List<AppendedEvent> all() {
    return Postgres.database()
        .fetch("SELECT *, headers::text AS header_text FROM outbox_event ORDER BY seq")
        .map(AppendedEvent::of);
  }

  static List<AppendedEvent> of(String orderId) {
    return all().stream().filter(event -> event.aggregateId().equals(orderId)).toList();
  }

  private static AppendedEvent of(Record row) {
    byte[] payload = row.get("payload", byte[].class);
    return new AppendedEvent(
        row.get("aggregate_id", String.class),
        row.get("aggregate_version", Long.class),
        row.get("event_type", String.class),
        payload == null ? null : decode(payload),
        row.get("header_text", String.class),
        row.get("occurred_at", OffsetDateTime.class));
  }

  private static OrderEvent decode(byte[] payload) {
    try {
      return new SpecificDatumReader<>(OrderEvent.class)
          .read(null, DecoderFactory.get().binaryDecoder(payload, null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
