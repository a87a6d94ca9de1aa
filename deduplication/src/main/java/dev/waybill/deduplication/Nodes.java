package dev.waybill.deduplication;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
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

  private Nodes() {}

  /**
   * Adds them.
   *
   * @param node what the recogniser's own name ends with
   */
  static <V> KStream<byte[], NewEvent<V>> around(
      StreamsBuilder builder,
      DeduplicationSettings settings,
      String node,
      FixedKeyProcessorSupplier<byte[], byte[], Recognised<V>> recogniser) {
    String name = settings.name();
    Map<String, KStream<byte[], Recognised<V>>> branches =
        builder.stream(
                topics(settings),
                Consumed.with(keys(settings), BYTES)
                    .withName(name + "-source")
                    // A record without a usable timestamp must not stop the task.
                    .withTimestampExtractor((record, time) -> Math.max(0, record.timestamp())))
            .processValues(recogniser, Named.as(name + node))
            .split(Named.as(name + RECOGNISED))
            .branch((key, value) -> value instanceof NewEvent, Branched.as(NEW))
            .defaultBranch(Branched.as(DEAD));
    branch(branches, name + RECOGNISED + DEAD)
        .map(Nodes::letter, Named.as(name + "-dead-letter-values"))
        .to(
            settings.deadLetterTopic(),
            Produced.with(BYTES, BYTES).withName(name + "-dead-letters"));
    return branch(branches, name + RECOGNISED + NEW)
        .mapValues(value -> (NewEvent<V>) value, Named.as(name + "-new-events"));
  }

  private static <V> KStream<byte[], Recognised<V>> branch(
      Map<String, KStream<byte[], Recognised<V>>> branches, String name) {
    return Objects.requireNonNull(branches.get(name));
  }

  private static List<String> topics(DeduplicationSettings settings) {
    String replays = settings.replayTopic();
    return replays == null ? List.of(settings.topic()) : List.of(settings.topic(), replays);
  }

  /** A replay's own key is the event's id: behind the source it has the aggregate's. */
  private static Serde<byte[]> keys(DeduplicationSettings settings) {
    return Serdes.serdeFrom(
        BYTES.serializer(),
        new Deserializer<>() {
          @Override
          @SuppressWarnings("NullAway") // Kafka's signature: no key is none
          public byte[] deserialize(String topic, byte[] key) {
            return key;
          }

          @Override
          @SuppressWarnings("NullAway")
          public byte[] deserialize(String topic, Headers headers, byte[] key) {
            return settings.isReplay(topic) ? Envelope.value(headers, ReplayHeaders.KEY) : key;
          }
        });
  }

  @SuppressWarnings("NullAway") // Kafka's signature: a dead letter may have neither key nor value
  private static <V> KeyValue<byte[], byte[]> letter(byte[] key, Recognised<V> recognised) {
    DeadLetter<V> letter = (DeadLetter<V>) recognised;
    return KeyValue.pair(letter.key(), letter.value());
  }
}
