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
    return Nodes.around(
        builder, settings, "-pass-through", () -> new PassingProcessor<>(settings, format));
  }

  private static final class PassingProcessor<V>
      implements FixedKeyProcessor<byte[], byte[], Recognised<V>> {
    private final DeduplicationSettings settings;
    private final EventFormat<V> format;
    private @Nullable Outlet<V> outlet;

    PassingProcessor(DeduplicationSettings settings, EventFormat<V> format) {
      this.settings = settings;
      this.format = format;
    }

    @Override
    public void init(FixedKeyProcessorContext<byte[], Recognised<V>> context) {
      outlet = new Outlet<>(context, settings);
    }

    @Override
    public void process(FixedKeyRecord<byte[], byte[]> record) {
      Outlet<V> out = Objects.requireNonNull(outlet);
      Envelope envelope = Envelope.of(record.key(), record.headers());
      Envelope.Problem problem = envelope.problem();
      if (problem != null) {
        out.deadLetter(record, problem.reason(), problem.detail());
        return;
      }
      V value = null;
      try {
        value =
            record.value() == null
                ? null
                : format.decode(settings.topic(), record.key(), record.value());
      } catch (NotDecodableException undecodable) {
        out.deadLetter(record, Reason.UNDECODABLE, String.valueOf(undecodable.getMessage()));
        return;
      }
      out.newEvent(record, envelope, value, false);
    }
  }
}
