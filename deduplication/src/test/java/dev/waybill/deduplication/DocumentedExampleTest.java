package dev.waybill.deduplication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deduplication.testkit.DeduplicationTestDriver;
import dev.waybill.deduplication.testkit.SameDecisions;
import dev.waybill.deduplication.testkit.TestEvents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The code of {@code docs/deduplication.md}, compiled and run. */
class DocumentedExampleTest {
  private static final Instant NOON = Sent.NOON;

  private Topology topology(DecisionListener listener) {
    // <stream>
    DeduplicationSettings settings =
        new DeduplicationSettings(
            "moves", // nodes, stores and changelog topics are named after it: never change it
            "outbox.event.parcel",
            "moves.dead-letters",
            Duration.ofDays(7));
    StreamDeduplication<String, String> deduplication =
        new StreamDeduplication<>(
            settings,
            Serdes.String(),
            Serdes.String(),
            EventHeaders.debezium(),
            listener); // (decision, key, record): the key's bytes, and topic, partition and offset

    StreamsBuilder builder = new StreamsBuilder();
    KStream<String, String> moves =
        builder.stream("outbox.event.parcel", Consumed.with(Serdes.String(), Serdes.String()));
    deduplication
        .newEvents(moves)
        .mapValues(NewEvent::value)
        .to("moves.once", Produced.with(Serdes.String(), Serdes.String()));
    // </stream>
    return builder.build();
  }

  private DeduplicationTestDriver<String, String> driver() {
    DeduplicationSettings settings =
        new DeduplicationSettings(
            "moves", "outbox.event.parcel", "moves.dead-letters", Duration.ofDays(7));
    return new DeduplicationTestDriver<>(
        settings, new StringSerializer(), new StringSerializer(), NOON, this::topology);
  }

  @Test
  void exampleOfAStreamWorksAndIsTestedAsThePageSays() {
    DeduplicationSettings settings =
        new DeduplicationSettings(
            "moves", "outbox.event.parcel", "moves.dead-letters", Duration.ofDays(7));
    // <testing>
    DeduplicationTestDriver<String, String> driver =
        new DeduplicationTestDriver<>(
            settings, new StringSerializer(), new StringSerializer(), NOON, this::topology);
    TestRecord<String, String> packed = TestEvents.outboxed(1, "p-1", "packed", NOON);

    driver.send(packed, TestEvents.duplicateOf(packed), TestEvents.conflictingWith(packed, "lost"));

    driver.assertDecided(Decision.Applied.class, Decision.Duplicate.class, Decision.Conflict.class);
    driver.assertDeadLetters(Reason.CONFLICT);
    SameDecisions.assertOf(List.of(packed, packed), this::driver);
    // </testing>

    StringDeserializer text = new StringDeserializer();
    assertThat(driver.driver().createOutputTopic("moves.once", text, text).readKeyValuesToMap())
        .containsEntry("p-1", "packed");
    driver.close();
  }

  private static Topology labels(DecisionListener listener) {
    // <topic>
    DeduplicationSettings settings =
        new DeduplicationSettings(
            "parcels", "parcels.events", "parcels.dead-letters", Duration.ofDays(7));
    // Of Avro in the registry's wire format: new AvroFormat<>(deserializer, Parcel.class).
    EventFormat<String> format = (topic, key, value, headers, version) -> new String(value, UTF_8);

    StreamsBuilder builder = new StreamsBuilder();
    new Deduplication<>(settings, format, listener)
        .newEvents(builder)
        .filterNot((parcelId, event) -> event.value() == null) // a tombstone
        .filterNot((parcelId, event) -> event.newerApplied()) // a dead letter, replayed late
        .mapValues(event -> event.type() + ": " + event.value())
        .to("parcels.labels", Produced.with(Serdes.ByteArray(), Serdes.String()));
    // </topic>
    return builder.build();
  }

  @Test
  void exampleOfATopicWorks() {
    ByteArraySerializer bytes = new ByteArraySerializer();
    try (DeduplicationTestDriver<byte[], byte[]> driver =
        new DeduplicationTestDriver<>(
            Parcels.SETTINGS, bytes, bytes, NOON, DocumentedExampleTest::labels)) {
      driver.send(Sent.event(1, 1).record(), Sent.event(1, 1).record());

      driver.assertDecided(Decision.Applied.class, Decision.Duplicate.class);
      assertThat(
              driver
                  .driver()
                  .createOutputTopic(
                      "parcels.labels", new ByteArrayDeserializer(), new StringDeserializer())
                  .readValuesToList())
          .containsExactly("ParcelMoved: moved 1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream", "testing", "topic"})
  void pageShowsExactlyThisCode(String example) throws Exception {
    String page = Files.readString(Path.of("../docs/deduplication.md"));
    String source =
        Files.readString(
            Path.of("src/test/java/dev/waybill/deduplication/DocumentedExampleTest.java"));
    String begin = "// <" + example + ">\n";
    String code =
        source.substring(
            source.indexOf(begin) + begin.length(), source.indexOf("// </" + example + ">"));

    assertThat(page)
        .contains(
            code.stripTrailing()
                .lines()
                .map(DocumentedExampleTest::outdent)
                .collect(Collectors.joining("\n")));
  }

  private static String outdent(String line) {
    return line.isEmpty() ? line : line.substring(4);
  }
}
