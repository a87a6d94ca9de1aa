package dev.waybill.deduplication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Produced;
import org.junit.jupiter.api.Test;

/** The code of {@code docs/deduplication.md}, compiled and run. */
class DocumentedExampleTest {
  @Test
  void exampleOfThePageWorks() {
    List<Decision> decisions = new ArrayList<>();
    // <page>
    DeduplicationSettings settings =
        new DeduplicationSettings(
            "parcels", // nodes, stores and changelog topics are named after it: never change it
            "parcels.events",
            "parcels.dead-letters",
            Duration.ofDays(7));
    // Of Avro in the registry's wire format: new AvroFormat<>(deserializer, Parcel.class).
    EventFormat<String> format = (topic, key, value) -> new String(value, UTF_8);

    StreamsBuilder builder = new StreamsBuilder();
    new Deduplication<>(settings, format, decisions::add)
        .newEvents(builder)
        .filterNot((parcelId, event) -> event.value() == null) // a tombstone
        .filterNot((parcelId, event) -> event.newerApplied()) // a dead letter, replayed late
        .mapValues(event -> event.type() + ": " + event.value())
        .to("parcels.labels", Produced.with(Serdes.ByteArray(), Serdes.String()));
    // </page>

    try (TopologyTestDriver driver = new TopologyTestDriver(builder.build(), Parcels.config())) {
      var topic =
          driver.createInputTopic(
              "parcels.events", new ByteArraySerializer(), new ByteArraySerializer());
      topic.pipeInput(Sent.event(1, 1).record());
      topic.pipeInput(Sent.event(1, 1).record());

      assertThat(
              driver
                  .createOutputTopic(
                      "parcels.labels", new ByteArrayDeserializer(), new StringDeserializer())
                  .readValuesToList())
          .containsExactly("ParcelMoved: moved 1");
      assertThat(decisions).hasSize(2);
    }
  }

  @Test
  void pageShowsExactlyThisCode() throws Exception {
    String page = Files.readString(Path.of("../docs/deduplication.md"));
    String source =
        Files.readString(
            Path.of("src/test/java/dev/waybill/deduplication/DocumentedExampleTest.java"));
    String code =
        source.substring(source.indexOf("// <page>\n") + 10, source.indexOf("// </page>"));

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
