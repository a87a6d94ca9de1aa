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
final class Outlet<K, I, V> {
  private static final Logger log = LoggerFactory.getLogger(Outlet.class);

  private final FixedKeyProcessorContext<K, Recognised<V>> context;
  private final DeduplicationSettings settings;
  private final EventIdentity<? super K, ? super I> identity;
  private final Letters letters;

  Outlet(
      FixedKeyProcessorContext<K, Recognised<V>> context,
      DeduplicationSettings settings,
      EventIdentity<? super K, ? super I> identity) {
    this.context = context;
    this.settings = settings;
    this.identity = identity;
    this.letters = new Letters(settings.largestLetter(), EventHeaders.names(identity));
  }

  /** Where the record comes from. */
  RecordMetadata source() {
    return context
        .recordMetadata()
        .orElseThrow(() -> new IllegalStateException("a record of a topic has coordinates"));
  }

  /** Whether it comes from the topic of replays. */
  boolean isReplay(RecordMetadata source) {
    return settings.isReplay(source.topic());
  }

  Instant now() {
    return Instant.ofEpochMilli(context.currentSystemTimeMs());
  }

  void newEvent(
      Incoming<K, I> incoming, Envelope envelope, @Nullable V value, boolean newerApplied) {
    FixedKeyRecord<K, I> record = incoming.record();
    context.forward(
        record.withValue(
            new NewEvent<V>(
                Objects.requireNonNull(envelope.id()),
                envelope.version(),
                new String(envelope.type(), UTF_8),
                identity.time(record.key(), record.value(), record.headers()),
                value,
                newerApplied)));
  }

  /** Its timestamp is now: the topic's retention counts from there, not from the event's time. */
  void deadLetter(Incoming<K, I> incoming, Envelope envelope, Reason reason, String detail) {
    RecordMetadata source = incoming.source();
    log.warn(
        "dead letter {}: {} partition {} offset {}: {}",
        reason,
        source.topic(),
        source.partition(),
        source.offset(),
        detail);
    context.forward(
        letters.of(incoming, envelope.id(), reason, detail, context.currentSystemTimeMs()));
  }
}
