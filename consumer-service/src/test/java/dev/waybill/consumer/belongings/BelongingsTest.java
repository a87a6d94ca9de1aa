package dev.waybill.consumer.belongings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BelongingsTest {
  @TempDir Path folder;

  @Test
  void topicsAreThoseThatKafkaStreamsMakes() {
    Belongings own = own();

    assertThat(own.sources()).containsExactlyInAnyOrder("events", "b-deltas-repartition");
    assertThat(own.internal())
        .containsExactlyInAnyOrder("b-deltas-repartition", "b-customers-changelog");
    assertThat(own.outputs()).containsExactly("told");
    assertThat(own.others()).containsExactly("told");
    assertThat(own.required())
        .containsExactly("b-versions-changelog", "b-customers-changelog", "b-deltas-repartition");
    assertThat(own.remembering())
        .containsEntry("events", "b-versions-changelog")
        .containsEntry("b-deltas-repartition", "b-customers-changelog");
  }

  @Test
  void storesOnTheDiskAreThoseOfItsOwnApplication() throws IOException {
    assertThat(own().hasLocalStores()).isFalse();
    Files.createDirectories(folder.resolve("another/0_0/rocksdb"));
    Files.createDirectories(folder.resolve("b/0_0"));
    assertThat(own().hasLocalStores()).isFalse();

    Files.createDirectories(folder.resolve("b/0_1/rocksdb"));

    assertThat(own().hasLocalStores()).isTrue();
  }

  @Test
  void internalTopicsThatDoNotFitAreRefusedWithBothNumbers() {
    assertThat(refusals(6, Map.of(), "")).isEmpty();
    assertThat(refusals(6, Map.of(Names.VERSIONS, 6), "")).as("being created").isEmpty();
    assertThat(refusals(12, Map.of(Names.VERSIONS, 6, Names.CUSTOMERS, 12), ""))
        .singleElement()
        .asString()
        .contains("events has 12 partitions", "is for 6 (" + Names.VERSIONS + ")", "Do not reset");
    assertThat(refusals(6, Map.of(Names.VERSIONS, 6), "nowhere has stores"))
        .singleElement()
        .asString()
        .contains("not there: " + Names.CUSTOMERS + ", " + Names.DELTAS, "nowhere has stores");
  }

  private static List<String> refusals(int partitions, Map<String, Integer> found, String lived) {
    return InternalTopicRules.refusals(Names.OWN, partitions, found, lived);
  }

  private Belongings own() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream("events")
        .selectKey((key, value) -> value, Named.as("select"))
        .groupByKey(Grouped.as("deltas"))
        .count(
            Named.as("count"),
            Materialized.<Object, Long, KeyValueStore<Bytes, byte[]>>as("customers"))
        .toStream(Named.as("stream"))
        .to("told", Produced.as("tell"));
    return Belongings.of(
        "b",
        "events",
        builder.build(),
        new Belongings.Stores("versions", "customers", "deltas", List.of()),
        folder,
        false);
  }
}
