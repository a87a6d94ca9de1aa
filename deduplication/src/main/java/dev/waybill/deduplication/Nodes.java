package dev.waybill.deduplication;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;

/** The nodes around a recogniser: source in front, new events and dead letters behind. */
final class Nodes {
  private static final Serde<byte[]> BYTES = Serdes.ByteArray();
  private static final String RECOGNISED = "-recognised";
  private static final String NEW = "-new";
  private static final String DEAD = "-dead";
  static final String DEDUPLICATION = "-deduplication";

  private Nodes() {}

  /** Reads the topic, and that of replays, as bytes. */
  static KStream<byte[], byte[]> source(StreamsBuilder builder, DeduplicationSettings settings) {
    return builder.stream(
        settings.topics(),
        Consumed.with(settings.keys(BYTES), BYTES)
            .withName(settings.name() + "-source")
            // A record without a usable timestamp must not stop the task.
            .withTimestampExtractor((record, time) -> Math.max(0, record.timestamp())));
  }

  /**
   * Adds them behind a stream.
   *
   * @param node what the recogniser's own name ends with
   */
  static <K, I, V> KStream<K, NewEvent<V>> behind(
      KStream<K, I> stream,
      DeduplicationSettings settings,
      String node,
      FixedKeyProcessorSupplier<K, I, Recognised<V>> recogniser) {
    String name = settings.name();
    Map<String, KStream<K, Recognised<V>>> branches =
        stream
            .processValues(recogniser, Named.as(name + node))
            .split(Named.as(name + RECOGNISED))
            .branch((key, value) -> value instanceof NewEvent, Branched.as(NEW))
            .defaultBranch(Branched.as(DEAD));
    branch(branches, name + RECOGNISED + DEAD)
        .map((key, value) -> letter(value), Named.as(name + "-dead-letter-values"))
        .to(
            settings.deadLetterTopic(),
            Produced.with(BYTES, BYTES).withName(name + "-dead-letters"));
    return branch(branches, name + RECOGNISED + NEW)
        .mapValues(value -> (NewEvent<V>) value, Named.as(name + "-new-events"));
  }

  private static <K, V> KStream<K, Recognised<V>> branch(
      Map<String, KStream<K, Recognised<V>>> branches, String name) {
    return Objects.requireNonNull(branches.get(name));
  }

  @SuppressWarnings("NullAway") // Kafka's signature: a dead letter may have neither key nor value
  private static <V> KeyValue<byte[], byte[]> letter(Recognised<V> recognised) {
    DeadLetter<V> letter = (DeadLetter<V>) recognised;
    return KeyValue.pair(letter.key(), letter.value());
  }
}
