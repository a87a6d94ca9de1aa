package dev.waybill.deduplication;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Lets each event of a topic take effect once, and sends what cannot be used to a dead-letter
 * topic.
 *
 * <p>Run it under {@code exactly_once_v2}: decision and effect are then one Kafka transaction. It
 * works per partition: all records of one event must have the same key and be in the same
 * partition, as any producer with the default partitioner has it.
 *
 * <p>It reads the topic itself, as bytes: what cannot be decoded is a dead letter, and a duplicate
 * is recognised without decoding it. {@link StreamDeduplication} does the same for a stream that is
 * there already.
 *
 * <p>What fails, in the {@link EventFormat} or behind the new events in the same task, takes the
 * record's effects with it. Where something is away, the task fails, and the application's uncaught
 * exception handler has to see that it is tried again: nothing is skipped. Anything else is the
 * record's own: it is tried a second time and is a dead letter, {@link Reason#UNPROCESSABLE}, after
 * that.
 */
public final class Deduplication<V> implements Recognition<V> {
  private final Recogniser<byte[], byte[], V> recogniser;

  /**
   * Recognises the events of {@code settings.topic()}, which are as Waybill's relay writes them.
   */
  public Deduplication(
      DeduplicationSettings settings, EventFormat<V> format, DecisionListener listener) {
    this(settings, format, listener, Outages::isOutage);
  }

  /**
   * The same for an application that knows better when something is away.
   *
   * @param outage whether a failure is nobody's fault, and to be tried again for ever; called in
   *     the stream threads, which end where it throws anything
   */
  public Deduplication(
      DeduplicationSettings settings,
      EventFormat<V> format,
      DecisionListener listener,
      Predicate<Throwable> outage) {
    this(settings, EventHeaders.cloudEvents(), format, listener, outage);
  }

  /**
   * The same for events that others write.
   *
   * @param identity which event a record is
   */
  public Deduplication(
      DeduplicationSettings settings,
      EventIdentity<? super byte[], ? super byte[]> identity,
      EventFormat<V> format,
      DecisionListener listener,
      Predicate<Throwable> outage) {
    this.recogniser =
        new Recogniser<>(
            settings,
            new EncodedForm<>(settings.topic(), format, outage),
            identity,
            listener,
            outage,
            new Attempts());
  }

  /**
   * What the configuration of Kafka Streams needs beside what is said above, so that an event whose
   * effects are larger than a record may be becomes a dead letter, too. An application with several
   * deduplications puts in all of theirs.
   */
  public Map<String, Object> streamsConfig() {
    return RefusedOutputs.config(recogniser);
  }

  @Override
  public KStream<byte[], NewEvent<V>> newEvents(StreamsBuilder builder) {
    DeduplicationSettings settings = recogniser.settings();
    return Nodes.behind(Nodes.source(builder, settings), settings, Nodes.DEDUPLICATION, recogniser);
  }

  /**
   * What an id store remembers of an event; empty when it never had it or forgot it. For queries:
   * any thread, the store being a handle from {@code KafkaStreams#store}.
   */
  public static Optional<RememberedEvent> find(
      ReadOnlyKeyValueStore<Bytes, byte[]> idStore, UUID eventId) {
    return EventId.hasTime(eventId)
        ? Optional.ofNullable(idStore.get(IdKeys.id(eventId))).map(RememberedEvent::decode)
        : Optional.ofNullable(idStore.get(IdKeys.other(eventId))).map(UntimedIds::event);
  }
}
