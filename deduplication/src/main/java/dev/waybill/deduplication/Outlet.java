package dev.waybill.deduplication;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forwards what was recognised. Of one task. */
final class Outlet<V> {
  private static final Logger log = LoggerFactory.getLogger(Outlet.class);

  private final FixedKeyProcessorContext<byte[], Recognised<V>> context;

  Outlet(FixedKeyProcessorContext<byte[], Recognised<V>> context) {
    this.context = context;
  }

  /** Where the record comes from. */
  RecordMetadata source() {
    return context
        .recordMetadata()
        .orElseThrow(() -> new IllegalStateException("a record of a topic has coordinates"));
  }

  Instant now() {
    return Instant.ofEpochMilli(context.currentSystemTimeMs());
  }

  void newEvent(
      FixedKeyRecord<byte[], byte[]> record,
      Envelope envelope,
      @Nullable V value,
      boolean newerApplied) {
    byte[] time = Envelope.value(record.headers(), Envelope.TIME);
    context.forward(
        record.withValue(
            new NewEvent<V>(
                Objects.requireNonNull(envelope.id()),
                envelope.version(),
                new String(envelope.type(), UTF_8),
                time == null ? null : EventTime.parse(time),
                value,
                newerApplied)));
  }

  /** Its timestamp is now: the topic's retention counts from there, not from the event's time. */
  void deadLetter(FixedKeyRecord<byte[], byte[]> record, Reason reason, String detail) {
    RecordMetadata source = source();
    long now = context.currentSystemTimeMs();
    log.warn(
        "dead letter {}: {} partition {} offset {}: {}",
        reason,
        source.topic(),
        source.partition(),
        source.offset(),
        detail);
    context.forward(
        record
            .withValue((Recognised<V>) new DeadLetter<V>(record.value()))
            .withTimestamp(now)
            .withHeaders(
                DeadLetterHeaders.of(
                    record.headers(),
                    reason,
                    detail,
                    source,
                    record.timestamp(),
                    Instant.ofEpochMilli(now))));
  }
}
