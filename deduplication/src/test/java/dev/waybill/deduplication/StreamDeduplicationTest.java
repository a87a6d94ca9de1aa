package dev.waybill.deduplication;

import static dev.waybill.deduplication.testkit.TestEvents.duplicateOf;
import static dev.waybill.deduplication.testkit.TestEvents.outboxed;
import static dev.waybill.deduplication.testkit.TestEvents.randomId;
import static dev.waybill.deduplication.testkit.TestEvents.relayed;
import static dev.waybill.deduplication.testkit.TestEvents.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.deduplication.testkit.DeduplicationTestDriver;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.test.TestRecord;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stream with serdes of its own, and events of whoever wrote them. */
class StreamDeduplicationTest {
  private static final DeduplicationSettings SETTINGS =
      new DeduplicationSettings("moves", "moves", "moves.dead-letters", Duration.ofDays(7))
          .withReplays("moves.replays");

  private final List<NewEvent<String>> events = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();
  private @Nullable DeduplicationTestDriver<Long, String> open;

  @AfterEach
  void close() {
    if (open != null) {
      open.close();
    }
  }

  private DeduplicationTestDriver<Long, String> driver(
      EventIdentity<? super Long, ? super String> identity) {
    open =
        new DeduplicationTestDriver<>(
            SETTINGS,
            new LongSerializer(),
            new StringSerializer(),
            Sent.NOON,
            listener -> topology(identity, listener));
    return open;
  }

  private Topology topology(
      EventIdentity<? super Long, ? super String> identity, DecisionListener listener) {
    StreamsBuilder builder = new StreamsBuilder();
    var stream =
        builder.stream(
            List.of("moves", "moves.replays", "other.moves"),
            Consumed.with(SETTINGS.keys(Serdes.Long()), Serdes.String()));
    new StreamDeduplication<>(
            SETTINGS,
            Serdes.Long(),
            Serdes.String(),
            identity,
            (decision, key, source) -> {
              heard.add(
                  (key == null ? "none" : key.length) + " " + source.topic() + source.offset());
              listener.decided(decision, key, source);
            })
        .newEvents(stream)
        .peek((key, event) -> events.add(event))
        .mapValues(NewEvent::value)
        .groupByKey(Grouped.with("by-key", Serdes.Long(), Serdes.String()))
        .reduce((before, now) -> now, Named.as("last-reduce"), Materialized.as("last"))
        .toStream(Named.as("last-stream"))
        .to("last", Produced.with(Serdes.Long(), Serdes.String()));
    return builder.build();
  }

  private static TestRecord<Long, String> move(int number, String value) {
    return outboxed(number, 7L, value, Sent.NOON);
  }

  @Test
  void tableBehindTheNewEventsMovesWithItsTask() {
    try (var before = driver(EventHeaders.debezium())) {
      before.send(move(1, "a"));
      var after = driver(EventHeaders.debezium());

      before.handOver(after);

      assertThat(after.send(move(1, "a"))).isInstanceOf(Decision.Duplicate.class);
      assertThat(after.driver().getTimestampedKeyValueStore("last").get(7L).value()).isEqualTo("a");
    }
  }

  @Test
  void eventOfDebeziumsOutboxTakesEffectOnceAndKeepsKeyAndPartition() {
    var driver = driver(EventHeaders.debezium());

    driver.send(move(1, "a"), duplicateOf(move(1, "a")), move(2, "b"));

    driver.assertDecided(Decision.Applied.class, Decision.Duplicate.class, Decision.Applied.class);
    assertThat(events).extracting(NewEvent::value).containsExactly("a", "b");
    assertThat(events).extracting(NewEvent::version).containsOnly(0L);
    assertThat(events.get(0).id()).isEqualTo(randomId(1));
    assertThat(driver.driver().getKeyValueStore("last").get(7L)).isNotNull();
    assertThat(driver.driver().producedTopicNames())
        .as("no repartition")
        .noneMatch(name -> name.contains("repartition"));
  }

  @Test
  void recordWithoutAnIdOrAKeyIsADeadLetterWithTheBytesOfItsSerdes() {
    var driver = driver(EventHeaders.debezium());

    driver.send(
        new TestRecord<>(7L, "a", new RecordHeaders(), Sent.NOON),
        with(new TestRecord<>(7L, "a", new RecordHeaders(), Sent.NOON), "id", ""));
    assertThat(driver.deadLetters())
        .allSatisfy(
            letter -> {
              assertThat(Parcels.header(letter, DeadLetterHeaders.REASON)).isEqualTo("MISSING_ID");
              assertThat(letter.key()).isEqualTo(new LongSerializer().serialize("", 7L));
              assertThat(letter.value()).isEqualTo("a".getBytes(UTF_8));
            })
        .hasSize(2);

    driver.send(outboxed(1, none(), "a", Sent.NOON));
    driver.assertDeadLetters(Reason.MISSING_KEY);
    assertThat(heard.get(2)).isEqualTo("none moves2");
  }

  @SuppressWarnings("NullAway") // Kafka's signature: no key
  private static Long none() {
    return null;
  }

  @Test
  void idIsAnyTextAndFromAnyOfKeyAndValue() {
    var driver =
        driver(
            (key, value, headers, timestamp) ->
                Envelope.of(value.substring(0, value.indexOf(' ')))
                    .withVersion(value.length())
                    .withType("Moved"));

    driver.send(List.of(plain("m-1 a"), plain("m-1 a"), plain("m-1 bb"), plain("m-2 bbb")));

    driver.assertDecided(
        Decision.Applied.class,
        Decision.Duplicate.class,
        Decision.Conflict.class,
        Decision.Applied.class);
    assertThat(driver.decisions().get(0)).isEqualTo(new Decision.Applied(4));
    assertThat(events).extracting(NewEvent::type).containsOnly("Moved");
    UUID id = events.get(0).id();
    assertThat(id.version()).isEqualTo(8);
    assertThat(Deduplication.find(driver.driver().getKeyValueStore("moves-event-ids"), id))
        .hasValueSatisfying(event -> assertThat(event.duplicates()).isEqualTo(1));
  }

  @Test
  void functionThatFailsMakesADeadLetterAndStopsNobody() {
    var driver = driver((key, value, headers, timestamp) -> Envelope.of(UUID.fromString(value)));

    driver.send(plain("no id"), plain(randomId(1).toString()));

    driver.assertDecided(Decision.DeadLettered.class, Decision.Applied.class);
    driver.assertDeadLetters(Reason.UNPROCESSABLE);
  }

  @Test
  void whateverAFunctionThrowsIsItsRecords() {
    Map<String, Throwable> failures =
        Map.of(
            "checked", new ParseException("no such field", 1),
            "not linked", new NoSuchMethodError("parcel.id"),
            "not written", new Error("an implementation is missing"));
    var driver =
        driver(
            (key, value, headers, timestamp) -> {
              Throwable failure = failures.get(value);
              if (failure != null) {
                throw Thrown.unchecked(failure);
              }
              return Envelope.of(value);
            });

    driver.send(plain("checked"), plain("not linked"), plain("not written"), plain("good"));

    driver.assertDeadLetters(Reason.UNPROCESSABLE, Reason.UNPROCESSABLE, Reason.UNPROCESSABLE);
    assertThat(events).extracting(NewEvent::value).containsExactly("good");
  }

  @Test
  void listenerThatFailsTakesNoEventWithIt() {
    StreamsBuilder builder = new StreamsBuilder();
    try (var driver =
        new DeduplicationTestDriver<>(
            SETTINGS,
            new LongSerializer(),
            new StringSerializer(),
            Sent.NOON,
            listener -> {
              new StreamDeduplication<>(
                      SETTINGS,
                      Serdes.Long(),
                      Serdes.String(),
                      EventHeaders.debezium(),
                      (decision, key, source) -> {
                        listener.decided(decision, key, source);
                        throw Thrown.unchecked(new ParseException("no such metric", 1));
                      })
                  .newEvents(builder.stream("moves", Consumed.with(Serdes.Long(), Serdes.String())))
                  .foreach((key, event) -> events.add(event));
              return builder.build();
            })) {
      driver.send(move(1, "a"), plain("no id"), move(2, "b"));

      driver.assertDecided(
          Decision.Applied.class, Decision.DeadLettered.class, Decision.Applied.class);
      driver.assertDeadLetters(Reason.MISSING_ID);
      assertThat(events).extracting(NewEvent::value).containsExactly("a", "b");
    }
  }

  /** Each driver is the task once more, which Kafka Streams would begin at the same record. */
  @Test
  void valueThatItsOwnSerdeCannotWriteIsADeadLetterWithWhatThereIsOfIt() {
    Serializer<String> failing =
        (topic, value) -> {
          throw Thrown.unchecked(new ParseException("cannot write", 1));
        };
    StreamDeduplication<Long, String> deduplication =
        new StreamDeduplication<>(
            SETTINGS,
            Serdes.Long(),
            Serdes.serdeFrom(failing, new StringDeserializer()),
            EventHeaders.debezium(),
            (decision, key, source) -> {});
    StreamsBuilder builder = new StreamsBuilder();
    deduplication
        .newEvents(builder.stream("moves", Consumed.with(Serdes.Long(), Serdes.String())))
        .foreach((key, event) -> {});
    Topology topology = builder.build();

    for (int attempt = 1; attempt <= 3; attempt++) {
      try (var driver =
          new DeduplicationTestDriver<>(
              SETTINGS,
              new LongSerializer(),
              new StringSerializer(),
              Sent.NOON,
              listener -> topology)) {
        ThrowingCallable sending =
            () ->
                driver
                    .driver()
                    .createInputTopic("moves", new LongSerializer(), new StringSerializer())
                    .pipeInput(move(1, "a"));
        if (attempt < 3) {
          assertThatThrownBy(sending).rootCause().hasMessage("cannot write");
        } else {
          assertThatCode(sending).doesNotThrowAnyException();
          TestRecord<byte[], byte[]> letter = driver.deadLetters().get(0);
          assertThat(Parcels.header(letter, "dead-letter-reason")).isEqualTo("UNPROCESSABLE");
          assertThat(Parcels.header(letter, "dead-letter-event-id"))
              .isEqualTo(randomId(1).toString());
          assertThat(letter.key()).isEqualTo(new LongSerializer().serialize("", 7L));
          assertThat(letter.value()).isNull();
          assertThat(Parcels.header(letter, "dead-letter-value-bytes"))
              .as("so that it is not replayed as a tombstone")
              .isEqualTo("0");
        }
      }
    }
  }

  /** The header of the bytes that came would have a reader of the letter misread those in it. */
  @Test
  void letterNamesTheSchemaOfItsOwnBytesAndNotOfThoseThatCame() {
    Serializer<String> naming =
        new Serializer<>() {
          @Override
          public byte[] serialize(String topic, String value) {
            throw new AssertionError("without headers");
          }

          @Override
          public byte[] serialize(String topic, Headers headers, String value) {
            headers.add("__value_schema_id", "ours".getBytes(UTF_8));
            return value.getBytes(UTF_8);
          }
        };

    assertThat(schemasOfALetter(naming)).containsExactly("ours");
    assertThat(schemasOfALetter(new StringSerializer())).isEmpty();
  }

  private List<String> schemasOfALetter(Serializer<String> serializer) {
    StreamsBuilder builder = new StreamsBuilder();
    new StreamDeduplication<>(
            SETTINGS,
            Serdes.Long(),
            Serdes.serdeFrom(serializer, new StringDeserializer()),
            EventHeaders.debezium(),
            (decision, key, source) -> {})
        .newEvents(builder.stream("moves", Consumed.with(Serdes.Long(), Serdes.String())))
        .foreach((key, event) -> {});
    try (var driver =
        new DeduplicationTestDriver<>(
            SETTINGS,
            new LongSerializer(),
            new StringSerializer(),
            Sent.NOON,
            listener -> builder.build())) {
      TestRecord<Long, String> theirs = with(plain("no id"), "__value_schema_id", "theirs");
      driver
          .driver()
          .createInputTopic("moves", new LongSerializer(), new StringSerializer())
          .pipeInput(with(theirs, "apicurio.value.globalId", "1"));
      List<String> schemas = new ArrayList<>();
      for (Header header : driver.deadLetters().get(0).headers()) {
        if (!header.key().startsWith(DeadLetterHeaders.PREFIX)) {
          schemas.add(new String(header.value(), UTF_8));
        }
      }
      return schemas;
    }
  }

  @Test
  void versionThatIsNoneIsADeadLetter() {
    var driver = driver(EventHeaders.debezium().withVersion("version"));

    driver.send(
        move(1, "a"),
        with(move(2, "a"), "version", "one"),
        with(move(3, "a"), "version", "1"),
        with(move(1, "a"), "version", "2"));

    driver.assertDeadLetters(Reason.MISSING_VERSION, Reason.INVALID_VERSION);
    assertThat(driver.decisions().get(3)).as("repaired").isEqualTo(new Decision.Replayed(0, false));
  }

  @Test
  void relaysHeadersWorkOverAStreamToo() {
    var driver = driver(EventHeaders.cloudEvents());

    driver.send(relayed(1, 7L, 1, "a", Sent.NOON), relayed(1, 7L, 1, "a", Sent.NOON), move(2, "b"));

    driver.assertDecided(
        Decision.Applied.class, Decision.Duplicate.class, Decision.DeadLettered.class);
    assertThat(events.get(0).occurredAt()).isEqualTo(Sent.NOON);
  }

  @Test
  void copyInAnotherTopicOfTheStreamIsADuplicate() {
    var driver = driver(EventHeaders.debezium());
    driver.send(move(1, "a"));

    driver
        .driver()
        .createInputTopic("other.moves", new LongSerializer(), new StringSerializer())
        .pipeInput(move(1, "a"));

    driver.assertDecided(Decision.Applied.class, Decision.Duplicate.class);
    assertThat(heard).containsExactly("8 moves0", "8 other.moves0");
  }

  @Test
  void replayHasTheKeyThatItsHeaderSays() {
    var driver = driver(EventHeaders.debezium());
    TestRecord<Long, String> event = move(1, "a");
    event.headers().add("replay-key", new LongSerializer().serialize("", 7L));

    driver
        .driver()
        .createInputTopic("moves.replays", new StringSerializer(), new StringSerializer())
        .pipeInput(new TestRecord<>("the event's id", event.value(), event.headers(), Sent.NOON));

    driver.assertDecided(Decision.Applied.class);
    assertThat(
            driver
                .driver()
                .createOutputTopic("last", Serdes.Long().deserializer(), new StringDeserializer())
                .readKeyValuesToMap())
        .containsEntry(7L, "a");
  }

  private static TestRecord<Long, String> plain(String value) {
    return new TestRecord<>(7L, value, new RecordHeaders(), Sent.NOON);
  }
}
