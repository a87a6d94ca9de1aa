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
  private final DeduplicationSettings settings;
  private final Letters letters;

  Outlet(FixedKeyProcessorContext<byte[], Recognised<V>> context, DeduplicationSettings settings) {
    this.context = context;
    this.settings = settings;
    this.letters = new Letters(settings.largestLetter());
  }

  /** Where the record comes from. */
  RecordMetadata source() {
    return context
        .recordMetadata()
        .orElseThrow(() -> new IllegalStateException("a record of a topic has coordinates"));
  }

  /** Whether it comes from the topic of replays. */
  boolean isReplay() {
    return settings.isReplay(source().topic());
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
    log.warn(
        "dead letter {}: {} partition {} offset {}: {}",
        reason,
        source.topic(),
        source.partition(),
        source.offset(),
        detail);
    context.forward(letters.of(record, reason, detail, source, context.currentSystemTimeMs()));
  }
}
