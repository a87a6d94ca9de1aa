package dev.waybill.deduplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailExceptionHandler;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
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
        .contains("goes on");

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
  void handlerThatGoesOnIsRefusedUnderTheNameThatCounts() {
    Map<String, Object> config = new HashMap<>(deduplication.streamsConfig());
    config.put("processing.guarantee", "exactly_once_v2");
    config.put("default.deserialization.exception.handler", LogAndContinueExceptionHandler.class);
    assertThat(StartRules.ofConfiguration(SETTINGS, config))
        .singleElement()
        .asString()
        .startsWith("default.deserialization.exception.handler goes on");

    config.put("deserialization.exception.handler", LogAndFailExceptionHandler.class);
    assertThat(StartRules.ofConfiguration(SETTINGS, config)).as("the other is not read").isEmpty();

    config.put("deserialization.exception.handler", LogAndContinueExceptionHandler.class.getName());
    assertThat(StartRules.ofConfiguration(SETTINGS, config))
        .singleElement()
        .asString()
        .startsWith("deserialization.exception.handler goes on");
  }

  @Test
  void topicsThatFitAreNotRefused() {
    newEvents(builder.stream(List.of("moves", "replays"), TEXTS));

    assertThat(refusals(Map.of("moves", 6, "replays", 6, "letters", 1))).isEmpty();
    assertThat(
            refusals(
                Map.of("moves", 6, "replays", 6, "letters", 1, "app-moves-versions-changelog", 6)))
        .isEmpty();
  }

  @Test
  void numbersOfPartitionsThatDoNotFitAreNamed() {
    newEvents(builder.stream(List.of("moves", "others", "replays"), TEXTS));

    assertThat(
            refusals(
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
    newEvents(builder.stream("moves", TEXTS));

    assertThat(refusals(Map.of()))
        .containsExactly(
            "topic letters does not exist",
            "topic moves does not exist",
            "topic replays does not exist",
            "topic replays is that of replays, and the stream does not read it");
    assertThat(
            refusals(
                Map.of("moves", 1, "replays", 1, "letters", 1),
                Map.of("letters", "compact,delete", "replays", "delete")))
        .hasSize(3)
        .anyMatch(refusal -> refusal.startsWith("topic letters has cleanup.policy=compact,delete"))
        .anyMatch(refusal -> refusal.startsWith("topic replays has cleanup.policy=delete"));
  }

  /** Else the first event would wait for it a minute long, again and again. */
  @Test
  void topicThatIsWrittenToMustBeThere() {
    newEvents(builder.stream(List.of("moves", "replays"), TEXTS))
        .mapValues(NewEvent::value)
        .to("moved", Produced.with(Serdes.String(), Serdes.String()));

    assertThat(refusals(Map.of("moves", 6, "replays", 6, "letters", 1)))
        .containsExactly("topic moved does not exist");
    assertThat(refusals(Map.of("moves", 6, "replays", 6, "letters", 1, "moved", 2))).isEmpty();
  }

  @Test
  void topicOfReplaysIsMissingThoughAPatternWouldReadIt() {
    newEvents(builder.stream(Pattern.compile("moves|rep.*"), TEXTS));

    assertThat(refusals(Map.of("moves", 6, "letters", 1)))
        .containsExactly("topic replays does not exist");
    assertThat(refusals(Map.of("moves", 6, "letters", 1, "replays", 6))).isEmpty();
  }

  @Test
  void streamsOfOtherTasksAreNobodysBusinessHere() {
    builder.stream("unrelated", TEXTS).to("elsewhere");
    newEvents(
        builder.stream("raw", TEXTS)
            .merge(builder.stream("replays", TEXTS))
            .repartition(
                Repartitioned.with(Serdes.String(), Serdes.String()).withName("by-parcel")));

    assertThat(refusals(Map.of("replays", 6, "letters", 1)))
        .as("before Kafka Streams has made its own topics")
        .containsExactly("topic replays is that of replays, and the stream does not read it");
    assertThat(
            refusals(
                Map.of(
                    "replays",
                    6,
                    "letters",
                    1,
                    "app-by-parcel-repartition",
                    4,
                    "app-moves-versions-changelog",
                    6)))
        .hasSize(2)
        .anyMatch(refusal -> refusal.contains("app-by-parcel-repartition (4)"));
  }

  /** Its tasks are as many as the other stream has partitions, and so are those of the stores. */
  @Test
  void streamThatIsMergedBehindTheDeduplicationMayHaveOtherPartitions() {
    newEvents(builder.stream(List.of("moves", "replays"), TEXTS))
        .mapValues(NewEvent::value)
        .merge(builder.stream("others", TEXTS))
        .foreach((key, value) -> {});

    assertThat(
            refusals(
                Map.of(
                    "moves",
                    4,
                    "replays",
                    4,
                    "others",
                    6,
                    "letters",
                    1,
                    "app-moves-versions-changelog",
                    6)))
        .isEmpty();
    assertThat(refusals(Map.of("moves", 4, "replays", 4, "letters", 1)))
        .containsExactly("topic others does not exist");
  }

  @Test
  void topologyMayWriteToTheTopicsThatItReads() {
    newEvents(builder.stream(List.of("moves", "others", "replays"), TEXTS))
        .mapValues(NewEvent::value)
        .split()
        .branch((key, value) -> value.isEmpty(), Branched.withConsumer(to("replays")))
        .branch((key, value) -> value.length() == 1, Branched.withConsumer(to("others")))
        .defaultBranch(Branched.withConsumer(to("moves")));

    Map<String, Integer> present = Map.of("moves", 6, "others", 6, "replays", 6, "letters", 1);
    assertThat(refusals(present)).isEmpty();
    assertThat(refusals(Map.of("moves", 6, "others", 6, "letters", 1)))
        .containsExactly("topic replays does not exist");
    assertThat(refusals(Map.of("moves", 6, "others", 4, "replays", 6, "letters", 1)))
        .singleElement()
        .asString()
        .contains("others (4)");
  }

  private static Consumer<KStream<String, String>> to(String topic) {
    return stream -> stream.to(topic, Produced.with(Serdes.String(), Serdes.String()));
  }

  @Test
  void topologyWithoutTheDeduplicationIsAMistakeOfTheCallers() {
    builder.stream("moves", TEXTS).to("elsewhere");

    assertThatThrownBy(() -> refusals(Map.of())).hasMessageContaining("no deduplication moves");
  }

  private KStream<String, NewEvent<String>> newEvents(KStream<String, String> stream) {
    return deduplication.newEvents(stream);
  }

  private List<String> refusals(Map<String, Integer> partitions) {
    return refusals(partitions, Map.of("letters", "delete", "replays", "compact"));
  }

  private List<String> refusals(Map<String, Integer> partitions, Map<String, String> policies) {
    ReadTopics read = new ReadTopics(SETTINGS, builder.build(), "app", partitions.keySet());
    return StartRules.ofTopics(SETTINGS, read, partitions, policies);
  }
}
