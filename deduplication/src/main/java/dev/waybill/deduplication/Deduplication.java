package dev.waybill.deduplication;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Lets each event of a topic take effect once, and sends what cannot be used to a dead-letter
 * topic.
 *
 * <p>Run it under {@code exactly_once_v2}: decision and effect are then one Kafka transaction. It
 * works per partition: all records of one event must have the same key and be in the same
 * partition, as any producer with the default partitioner has it.
 *
 * <p>An exception of the {@link EventFormat} other than {@link NotDecodableException} fails the
 * task; nothing of that record was stored or forwarded by then.
 */
public final class Deduplication<V> implements Recognition<V> {
  /** How much larger than the topic's the dead-letter topic's largest record must be. */
  public static final int DEAD_LETTER_HEADROOM = 64 * 1024;

  private final DeduplicationSettings settings;
  private final EventFormat<V> format;
  private final DecisionListener listener;

  /** Recognises the events of {@code settings.topic()}. */
  public Deduplication(
      DeduplicationSettings settings, EventFormat<V> format, DecisionListener listener) {
    this.settings = settings;
    this.format = format;
    this.listener = listener;
  }

  @Override
  public KStream<byte[], NewEvent<V>> newEvents(StreamsBuilder builder) {
    return Nodes.around(builder, settings, "-deduplication", new Supplier());
  }

  /**
   * What an id store remembers of an event; empty when it never had it or forgot it. For queries:
   * any thread, the store being a handle from {@code KafkaStreams#store}.
   */
  public static Optional<RememberedEvent> find(
      ReadOnlyKeyValueStore<Bytes, byte[]> idStore, UUID eventId) {
    return Optional.ofNullable(idStore.get(IdKeys.id(eventId))).map(RememberedEvent::decode);
  }

  private final class Supplier implements FixedKeyProcessorSupplier<byte[], byte[], Recognised<V>> {
    @Override
    public FixedKeyProcessor<byte[], byte[], Recognised<V>> get() {
      return new DeduplicationProcessor<>(settings, format, listener);
    }

    /**
     * Ids are mostly written once and never read again, so a cache would only add work; an
     * aggregate's next event often follows soon.
     */
    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(
          store(settings.idStore()).withCachingDisabled(),
          store(settings.versionStore()).withCachingEnabled());
    }

    private StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
      return Stores.keyValueStoreBuilder(
          Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
    }
  }
}
