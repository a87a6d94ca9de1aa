package dev.waybill.deduplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.junit.jupiter.api.Test;

class StartRulesTest {
  private static final Consumed<String, String> TEXTS =
      Consumed.with(Serdes.String(), Serdes.String());
  private static final DeduplicationSettings SETTINGS =
      new DeduplicationSettings("moves", "moves", "letters", Duration.ofDays(7))
          .withReplays("replays");

  private final StreamsBuilder builder = new StreamsBuilder();
  private final StreamDeduplication<String, String> deduplication =
      new StreamDeduplication<>(
          SETTINGS,
          Serdes.String(),
          Serdes.String(),
          EventHeaders.debezium(),
          (decision, key, source) -> {});

  @Test
  void configurationOnWhichThePromisesCannotRestIsRefused() {
    Map<String, Object> good = new HashMap<>(deduplication.streamsConfig());
    good.put("processing.guarantee", "exactly_once_v2");
    assertThat(StartRules.ofConfiguration(SETTINGS, good)).isEmpty();
    good.put("main.consumer.auto.offset.reset", "EARLIEST");
    assertThat(StartRules.ofConfiguration(SETTINGS, good)).isEmpty();
    good.put("processing.exception.handler", LogAndContinueProcessingExceptionHandler.class);
    assertThat(StartRules.ofConfiguration(SETTINGS, good))
        .singleElement()
        .asString()
        .contains("effect lost");

    assertThat(
            StartRules.ofConfiguration(
                SETTINGS,
                Map.of(
                    "processing.guarantee",
                    "at_least_once",
                    "consumer.auto.offset.reset",
                    "latest",
                    "auto.offset.reset",
                    "by_duration:PT1H")))
        .hasSize(4)
        .anyMatch(refusal -> refusal.startsWith("processing.guarantee is at_least_once"))
        .anyMatch(refusal -> refusal.startsWith("consumer.auto.offset.reset is latest"))
        .anyMatch(refusal -> refusal.startsWith("auto.offset.reset is by_duration:PT1H"))
        .anyMatch(refusal -> refusal.contains("streamsConfig()"));
    assertThat(StartRules.ofConfiguration(SETTINGS, Map.of()))
        .first()
        .asString()
        .contains("not set");
  }

  @Test
  void topicsThatFitAreNotRefused() {
    ReadTopics read = read(builder.stream(List.of("moves", "replays"), TEXTS));

    assertThat(read.internal())
        .containsExactly("app-moves-event-ids-changelog", "app-moves-versions-changelog");
    assertThat(refusals(read, Map.of("moves", 6, "replays", 6, "letters", 1))).isEmpty();
    assertThat(
            refusals(
                read,
                Map.of("moves", 6, "replays", 6, "letters", 1, "app-moves-versions-changelog", 6)))
        .isEmpty();
  }

  @Test
  void numbersOfPartitionsThatDoNotFitAreNamed() {
    ReadTopics read = read(builder.stream(List.of("moves", "others", "replays"), TEXTS));

    assertThat(
            refusals(
                read,
                Map.of(
                    "moves",
                    6,
                    "others",
                    4,
                    "replays",
                    6,
                    "letters",
                    1,
                    "app-moves-event-ids-changelog",
                    4)))
        .hasSize(2)
        .anyMatch(refusal -> refusal.contains("moves (6), others (4), replays (6)"))
        .anyMatch(refusal -> refusal.contains("app-moves-event-ids-changelog (4)"));
  }

  @Test
  void topicsThatAreMissingOrOfAnotherKindAreNamed() {
    ReadTopics read = read(builder.stream("moves", TEXTS));

    assertThat(StartRules.ofTopics(SETTINGS, read, Map.of(), Map.of()))
        .containsExactly(
            "topic moves does not exist",
            "topic letters does not exist",
            "topic replays is that of replays, and the stream does not read it");
    assertThat(
            StartRules.ofTopics(
                SETTINGS,
                new ReadTopics(read.sources(), Set.of(Pattern.compile("rep.*")), read.internal()),
                Map.of("moves", 1, "replays", 1),
                Map.of("letters", "compact,delete", "replays", "delete")))
        .hasSize(2)
        .anyMatch(refusal -> refusal.startsWith("topic letters has cleanup.policy=compact,delete"))
        .anyMatch(refusal -> refusal.startsWith("topic replays has cleanup.policy=delete"));
  }

  @Test
  void streamsOfOtherTasksAreNobodysBusinessHere() {
    builder.stream("unrelated", TEXTS).to("elsewhere");
    ReadTopics read =
        read(
            builder.stream("raw", TEXTS)
                .repartition(
                    Repartitioned.with(Serdes.String(), Serdes.String()).withName("by-parcel")));

    assertThat(read.sources()).isEmpty();
    assertThat(read.internal()).contains("app-by-parcel-repartition");
  }

  @Test
  void topologyWithoutTheDeduplicationIsAMistakeOfTheCallers() {
    builder.stream("moves", TEXTS).to("elsewhere");

    assertThatThrownBy(() -> ReadTopics.of(SETTINGS, builder.build(), "app"))
        .hasMessageContaining("no deduplication moves");
  }

  private ReadTopics read(KStream<String, String> stream) {
    deduplication.newEvents(stream).foreach((key, event) -> {});
    return ReadTopics.of(SETTINGS, builder.build(), "app");
  }

  private static List<String> refusals(ReadTopics read, Map<String, Integer> partitions) {
    return StartRules.ofTopics(
        SETTINGS, read, partitions, Map.of("letters", "delete", "replays", "compact"));
  }
}
