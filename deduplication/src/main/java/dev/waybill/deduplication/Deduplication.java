package dev.waybill.deduplication;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
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
 * <p>What fails, in the {@link EventFormat} or behind the new events in the same task, takes the
 * record's effects with it. Where something is away, the task fails, and the application's uncaught
 * exception handler has to see that it is tried again: nothing is skipped. Anything else is the
 * record's own: it is tried a second time and is a dead letter, {@link Reason#UNPROCESSABLE}, after
 * that.
 */
public final class Deduplication<V> implements Recognition<V> {
  private final DeduplicationSettings settings;
  private final EventFormat<V> format;
  private final DecisionListener listener;
  private final Predicate<Throwable> outage;
  private final Attempts attempts = new Attempts();

  /** Recognises the events of {@code settings.topic()}. */
  public Deduplication(
      DeduplicationSettings settings, EventFormat<V> format, DecisionListener listener) {
    this(settings, format, listener, Outages::isOutage);
  }

  /**
   * The same for an application that knows better when something is away.
   *
   * @param outage whether a failure is nobody's fault, and to be tried again for ever; called in
   *     the stream threads
   */
  public Deduplication(
      DeduplicationSettings settings,
      EventFormat<V> format,
      DecisionListener listener,
      Predicate<Throwable> outage) {
    this.settings = settings;
    this.format = format;
    this.listener = listener;
    this.outage = outage;
  }

  /**
   * What the configuration of Kafka Streams needs beside what is said above, so that an event whose
   * effects are larger than a record may be becomes a dead letter, too.
   */
  public Map<String, Object> streamsConfig() {
    return Map.of(
        StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
        RefusedOutputs.class,
        RefusedOutputs.ATTEMPTS,
        attempts);
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
      return new DeduplicationProcessor<>(settings, format, listener, outage, attempts);
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
