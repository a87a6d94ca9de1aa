package dev.waybill.deduplication;

import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.kstream.KStream;

/**
 * Lets each event of a stream take effect once: {@link Deduplication} for a stream that is there
 * already, of one topic or of several, with its application's own serdes. What is said there holds
 * here, with these differences:
 *
 * <ul>
 *   <li>Values come decoded: what the stream's own deserializer fails on does not get here
 *   <li>An event's content, by which a copy is told from a conflict, is what the serdes make of key
 *       and value, and so are the bytes in a dead letter, with what the serdes say of them in
 *       headers in place of what the writer said of his. The same key or value must always be the
 *       same bytes. Where a new version of the application writes others, a copy of an event from
 *       before it is a conflict: a dead letter, and never a second effect
 *   <li>Topics that are read as one stream must have the same number of partitions
 * </ul>
 *
 * @param <K> the stream's keys, the aggregates' ids
 * @param <V> its values
 */
public final class StreamDeduplication<K, V> {
  private final Recogniser<K, V, V> recogniser;

  /**
   * Recognises events.
   *
   * @param keys the stream's serde of keys; never closed here
   * @param values its serde of values; never closed here
   * @param identity which event a record is
   */
  public StreamDeduplication(
      DeduplicationSettings settings,
      Serde<K> keys,
      Serde<V> values,
      EventIdentity<? super K, ? super V> identity,
      DecisionListener listener) {
    this(settings, keys, values, identity, listener, Outages::isOutage);
  }

  /**
   * The same for an application that knows better when something is away.
   *
   * @param outage whether a failure is nobody's fault, and to be tried again for ever; called in
   *     the stream threads, which end where it throws anything
   */
  public StreamDeduplication(
      DeduplicationSettings settings,
      Serde<K> keys,
      Serde<V> values,
      EventIdentity<? super K, ? super V> identity,
      DecisionListener listener,
      Predicate<Throwable> outage) {
    this.recogniser =
        new Recogniser<>(
            settings,
            new DecodedForm<>(settings, keys, values),
            identity,
            listener,
            outage,
            new Attempts());
  }

  /** As {@link Deduplication#streamsConfig}. */
  public Map<String, Object> streamsConfig() {
    return RefusedOutputs.config(recogniser);
  }

  /**
   * Adds recognition and dead letters behind a stream, each node and store under an explicit name.
   *
   * @param stream whose records come from topics: it is not grouped, joined or made by a punctuator
   * @return the events that take effect, in the stream's order, under its keys and in its
   *     partitions, each with the record's headers and timestamp
   */
  public KStream<K, NewEvent<V>> newEvents(KStream<K, V> stream) {
    return Nodes.behind(stream, recogniser.settings(), Nodes.DEDUPLICATION, recogniser);
  }
}
