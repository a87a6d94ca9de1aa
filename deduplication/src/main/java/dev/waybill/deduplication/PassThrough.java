package dev.waybill.deduplication;

import java.util.Objects;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.jspecify.annotations.Nullable;

/**
 * Lets every record that can be decoded take effect, however often it arrives: what a topology is
 * without deduplication, to compare with. Dead letters and node names are the same; there are no
 * stores.
 */
public final class PassThrough<V> implements Recognition<V> {
  private final DeduplicationSettings settings;
  private final EventFormat<V> format;

  /** Takes the same settings as {@link Deduplication}; the retention means nothing here. */
  public PassThrough(DeduplicationSettings settings, EventFormat<V> format) {
    this.settings = settings;
    this.format = format;
  }

  @Override
  public KStream<byte[], NewEvent<V>> newEvents(StreamsBuilder builder) {
    return Nodes.behind(
        Nodes.source(builder, settings),
        settings,
        "-pass-through",
        () -> new PassingProcessor<>(settings, format));
  }

  private static final class PassingProcessor<V>
      implements FixedKeyProcessor<byte[], byte[], Recognised<V>> {
    private final DeduplicationSettings settings;
    private final EventFormat<V> format;
    private final EventIdentity<Object, Object> identity = EventHeaders.cloudEvents();
    private @Nullable Outlet<byte[], byte[], V> outlet;

    PassingProcessor(DeduplicationSettings settings, EventFormat<V> format) {
      this.settings = settings;
      this.format = format;
    }

    @Override
    public void init(FixedKeyProcessorContext<byte[], Recognised<V>> context) {
      outlet = new Outlet<>(context, settings, identity);
    }

    @Override
    public void process(FixedKeyRecord<byte[], byte[]> record) {
      Outlet<byte[], byte[], V> out = Objects.requireNonNull(outlet);
      Incoming<byte[], byte[]> incoming =
          new Incoming<>(record, record.key(), record.value(), record.headers(), out.source());
      Envelope envelope =
          identity.of(record.key(), record.value(), record.headers(), record.timestamp());
      Envelope.Problem problem =
          record.key() == null ? envelope.withUnusableKey(null).problem() : envelope.problem();
      if (problem != null) {
        out.deadLetter(incoming, envelope, problem.reason(), problem.detail());
        return;
      }
      V value = null;
      try {
        value =
            record.value() == null
                ? null
                : format.decode(
                    settings.topic(),
                    record.key(),
                    record.value(),
                    record.headers(),
                    envelope.version());
      } catch (NotDecodableException undecodable) {
        out.deadLetter(
            incoming, envelope, Reason.UNDECODABLE, String.valueOf(undecodable.getMessage()));
        return;
      }
      out.newEvent(incoming, envelope, value, false);
    }
  }
}
