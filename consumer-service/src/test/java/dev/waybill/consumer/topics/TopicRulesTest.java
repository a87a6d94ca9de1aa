package dev.waybill.consumer.topics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.runtime.topics.FoundTopic;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.junit.jupiter.api.Test;

class TopicRulesTest {
  private static final Duration WEEK = Duration.ofDays(7);

  @Test
  void topicOfTheEventsIsWarnedAboutByName() {
    assertThat(source("compact", WEEK).warnings(WEEK)).isEmpty();
    assertThat(source("delete", WEEK).warnings(WEEK))
        .singleElement()
        .asString()
        .contains("orders.events", "cleanup.policy=compact");
    assertThat(source("compact", Duration.ZERO).warnings(WEEK))
        .singleElement()
        .asString()
        .contains("min.compaction.lag.ms=0");
  }

  @Test
  void deadLettersAreCreatedLargerThanTheEventsAndKeptAsLongAsAsked() {
    OwnTopic letters =
        OwnTopic.deadLetters("letters", source("compact", WEEK), Duration.ofDays(30));

    assertThat(letters.settings())
        .containsEntry("cleanup.policy", "delete")
        .containsEntry("retention.ms", "2592000000")
        .containsEntry("max.message.bytes", Integer.toString(1_048_588 + 65_536));
    assertThat(letters.refusals(topic("letters", "delete", 0, 1_048_588 + 65_536))).isEmpty();
  }

  @Test
  void topicThatWouldLoseOrRefuseDeadLettersIsRefusedWithTheRemedy() {
    OwnTopic letters =
        OwnTopic.deadLetters("letters", source("compact", WEEK), Duration.ofDays(30));

    assertThat(letters.refusals(topic("letters", "compact", 0, 1_000)))
        .hasSize(2)
        .allMatch(refusal -> refusal.contains("kafka-configs.sh --alter"))
        .anyMatch(refusal -> refusal.contains("cleanup.policy=compact"))
        .anyMatch(refusal -> refusal.contains("max.message.bytes=1000"));
    assertThat(
            OwnTopic.notifications("told", source("compact", WEEK))
                .refusals(topic("told", "compact,delete", 0, 1_000)))
        .hasSize(1);
  }

  @Test
  void replaysHaveToBeCompactedInThePartitionsOfTheEvents() {
    SourceTopic events = new SourceTopic("orders.events", 6, WEEK, 1_048_588, true);
    OwnTopic replays = OwnTopic.replays("replays", events);

    assertThat(replays.settings()).containsEntry("cleanup.policy", "compact");
    assertThat(replays.refusals(topic("replays", "delete", 0, 1_000)))
        .hasSize(2)
        .anyMatch(refusal -> refusal.contains("cleanup.policy=delete"))
        .anyMatch(refusal -> refusal.contains("has 0 partitions, the topic of the events has 6"));
  }

  @Test
  void whateverTheEventsTopicTakesTheOthersTake() {
    for (int bytes : new int[] {1_000, 1_048_588, 10 << 20, Integer.MAX_VALUE}) {
      SourceTopic events = new SourceTopic("orders.events", 6, WEEK, bytes, true);

      assertThat(events.largestRecord()).isPositive().isLessThan((int) events.largestBatch());
      assertThat(events.largestLetter()).isBetween(16 << 10, events.largestRecord());
      assertThat(events.largestBatch()).isBetween(1L << 20, 1L << 30);
    }
  }

  private static SourceTopic source(String cleanup, Duration lag) {
    return SourceTopic.of(topic("orders.events", cleanup, lag.toMillis(), 1_048_588));
  }

  private static FoundTopic topic(String name, String cleanup, long lag, int bytes) {
    return new FoundTopic(
        new TopicDescription(name, false, List.of()),
        new Config(
            List.of(
                new ConfigEntry("cleanup.policy", cleanup),
                new ConfigEntry("min.compaction.lag.ms", Long.toString(lag)),
                new ConfigEntry("max.message.bytes", Integer.toString(bytes)))));
  }
}
