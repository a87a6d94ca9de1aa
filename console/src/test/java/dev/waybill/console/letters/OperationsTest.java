package dev.waybill.console.letters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.console.journal.Entry;
import dev.waybill.console.journal.Journal;
import dev.waybill.deduplication.LetterAction;
import dev.waybill.deduplication.LetterPlace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whose operations go on when a console comes, and whose do not. */
@Timeout(60)
final class OperationsTest {
  private static final Instant NOW = Instant.parse("2026-11-28T07:00:00Z");

  private final FakeKafka kafka = new FakeKafka();
  private final Journal journal = new Journal(kafka, kafka, "journal");
  private final Outcomes none =
      new Outcomes() {
        @Override
        public Set<String> applied(Collection<String> eventIds) {
          return Set.of();
        }

        @Override
        public boolean isDecided() {
          return true;
        }
      };
  private final Bulk.Tools tools = new Bulk.Tools(journal, kafka, kafka, "replays", none);

  @Test
  void whatWasLeftInTheMiddleIsFinishedHere() {
    Plan plan = leftBehind(NOW.minus(Duration.ofMinutes(5)));

    try (Operations operations = new Operations(tools, Clock.fixed(NOW, ZoneOffset.UTC))) {
      operations.resume();
      Awaitility.await()
          .until(() -> operations.find(plan.operation()).filter(Progress::isOver).isPresent());
    }

    assertThat(kafka.sentTo(FakeKafka.LETTERS)).as("those that were not done").hasSize(2);
    assertThat(journal.unfinished()).isEmpty();
    assertThat(journal.last(1).get(0).step()).isEqualTo(Entry.FINISHED);
  }

  @Test
  void anEditThatBrokeOffIsNotReplayedAsItWas() {
    LetterPlace letter = kafka.letter("01a20d6d-5a00-7000-8000-00000000000a", "UNDECODABLE");
    Repair repair = kafka.repair(letter, "01a20d6d-5a00-7000-8000-00000000000a", false);
    Plan plan = Plan.of(repair, "anna", "a test");
    journal.write(plan.entry(NOW.minus(Duration.ofMinutes(5))));

    try (Operations operations = new Operations(tools, Clock.fixed(NOW, ZoneOffset.UTC))) {
      operations.resume();
      assertThat(operations.find(plan.operation()))
          .hasValueSatisfying(
              progress -> {
                assertThat(progress.isOver()).isTrue();
                assertThat(progress.words()).contains("broken off", "letters-0@0");
              });
    }

    assertThat(kafka.sentTo("replays")).isEmpty();
    assertThat(kafka.sentTo(FakeKafka.LETTERS)).isEmpty();
    assertThat(journal.unfinished()).isEmpty();
    assertThat(journal.last(1).get(0).step()).isEqualTo(Entry.STOPPED);
    assertThat(journal.last(1).get(0).words()).contains("broken off", "letters-0@0");
  }

  @Test
  void whatSomebodyElseWorksAtIsLeftAlone() {
    Plan plan = leftBehind(NOW.minusSeconds(5));

    try (Operations operations = new Operations(tools, Clock.fixed(NOW, ZoneOffset.UTC))) {
      operations.resume();
      assertThat(operations.find(plan.operation())).isEmpty();
    }
    assertThat(journal.unfinished()).hasSize(1);
  }

  @Test
  void oneOfAnotherProcessIsShownFromTheJournal() {
    Plan plan = leftBehind(NOW);

    assertThat(journal.operation(plan.operation()).map(Progress::of))
        .hasValueSatisfying(
            progress -> {
              assertThat(progress.done()).isEqualTo(1);
              assertThat(progress.total()).isEqualTo(3);
              assertThat(progress.isOver()).isFalse();
            });
  }

  /** One of three letters was done. */
  private Plan leftBehind(Instant at) {
    List<LetterPlace> letters =
        List.of(
            kafka.letter("01a20d6d-5a00-7000-8000-00000000000a", "UNDECODABLE"),
            kafka.letter("01a20d6d-5a00-7000-8000-00000000000b", "UNDECODABLE"),
            kafka.letter("01a20d6d-5a00-7000-8000-00000000000c", "UNDECODABLE"));
    Plan plan = new Plan("operation", LetterAction.Kind.DISCARD, "anna", "a test", letters, 1_000);
    journal.write(plan.entry(at));
    journal.write(plan.entry(at).then(Entry.PROGRESS, at, 1, Map.of(), null));
    return plan;
  }
}
