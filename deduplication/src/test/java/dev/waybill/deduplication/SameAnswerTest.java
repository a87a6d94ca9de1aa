package dev.waybill.deduplication;

import static dev.waybill.deduplication.Sent.NOON;
import static dev.waybill.deduplication.Sent.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deduplication.testkit.SameDecisions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The same records give the same decisions: read again, and across any change of instance. */
class SameAnswerTest {
  @Test
  void successorGoesOnWhereTheFirstInstanceWas() {
    try (Parcels first = new Parcels()) {
      first.send(event(1, 1), event(2, 2).undecodable(), event(3, 3));
      try (Parcels second = first.takenOver()) {
        assertThat(second.send(event(1, 1))).isInstanceOf(Decision.Duplicate.class);
        assertThat(second.send(event(4, 4))).isEqualTo(new Decision.Applied(0));
        assertThat(second.send(event(2, 2))).isEqualTo(new Decision.Replayed(0, true));
      }
    }
  }

  /** Its entry must not be due at once, which a successor sees sooner than who wrote it. */
  @Test
  void eventDatedFarAheadInAnOldRecordIsADuplicateToEverySuccessor() {
    Sent ahead = event(1, 1, NOON.plus(Duration.ofDays(365))).at(NOON.minus(Duration.ofDays(30)));
    Sent next = event(2, 1, NOON.minus(Duration.ofHours(1))).of("p-2");

    List<Decision> decisions =
        SameDecisions.assertOf(
            Stream.of(event(3, 1).of("p-3"), ahead, next, ahead).map(Sent::record).toList(),
            () -> new Parcels().tested);

    assertThat(decisions.get(3)).isInstanceOf(Decision.Duplicate.class);
  }

  @RepeatedTest(2)
  void topicReadAgainGivesTheSameDecisionsWhateverTheWallClockSaysAndHoweverOftenTasksMove() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    List<Sent> topic = topic(new Random(seed));

    List<Decision> decisions =
        SameDecisions.assertOf(
            topic.stream().map(Sent::record).toList(), () -> new Parcels().tested);

    assertThat(decisions).as("seed %s", seed).hasSize(topic.size());
  }

  /** Three weeks of events, some of them from the future, some from the past, some sent again. */
  private static List<Sent> topic(Random random) {
    List<Sent> topic = new ArrayList<>();
    long[] versions = new long[5];
    for (int i = 1; i <= 600; i++) {
      Instant at = NOON.plus(Duration.ofMinutes(50L * i));
      int aggregate = random.nextInt(versions.length);
      Sent fresh =
          event(i, ++versions[aggregate], at.plus(Duration.ofHours(shift(random))))
              .at(at)
              .of("p-" + aggregate);
      topic.add(random.nextInt(20) == 0 ? fresh.undecodable() : fresh);
      while (random.nextInt(3) == 0) {
        Sent old = topic.get(random.nextInt(topic.size()));
        topic.add(random.nextInt(5) == 0 ? repaired(old) : old);
      }
    }
    return topic;
  }

  private static Sent repaired(Sent record) {
    return record.saying(String.valueOf(record.value()).replace("!", ""));
  }

  private static long shift(Random random) {
    return switch (random.nextInt(20)) {
      case 0 -> random.nextInt(10_000);
      case 1 -> -random.nextInt(1_000);
      default -> 0;
    };
  }
}
