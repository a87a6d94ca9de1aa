package dev.waybill.console.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.console.journal.Entry;
import dev.waybill.console.journal.Journal;
import dev.waybill.deduplication.LetterAction;
import dev.waybill.deduplication.LetterPlace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A bulk action: its plan first, what comes of each, and what is left when it is killed. */
final class BulkTest {
  private static final String JOURNAL = "journal";
  private static final String REPLAYS = "replays";

  private final FakeKafka kafka = new FakeKafka();
  private final Journal journal = new Journal(kafka, kafka, JOURNAL);
  private final FakeB b = new FakeB();
  private final Ticking clock = new Ticking();
  private final Bulk.Tools tools = new Bulk.Tools(journal, kafka, kafka, REPLAYS, b);

  @Test
  void thePlanIsWrittenBeforeAnythingIsDone() throws Exception {
    List<LetterPlace> letters = letters(3);
    kafka.before = () -> assertThat(kafka.sentTo(REPLAYS).isEmpty() || planned()).isTrue();
    b.takeEffect.addAll(List.of(id(0), id(1)));

    Progress last = bulk(plan(LetterAction.Kind.REPLAY, letters)).run(progress -> {});

    assertThat(kafka.sentTo(REPLAYS)).hasSize(3);
    assertThat(kafka.sentTo(FakeKafka.LETTERS)).as("B's index hears of it").hasSize(3);
    assertThat(last.step()).isEqualTo(Entry.FINISHED);
    Entry end = journal.last(1).get(0);
    assertThat(end.by()).isEqualTo("anna");
    assertThat(end.outcomes()).isEqualTo(last.counts());
    assertThat(journal.unfinished()).isEmpty();
  }

  private boolean planned() {
    return journal.last(100).stream().anyMatch(entry -> entry.step().equals(Entry.PLANNED));
  }

  @Test
  void whatComesOfEachIsAskedOfB() throws Exception {
    List<LetterPlace> letters = new ArrayList<>(letters(3));
    letters.add(kafka.letter(id(3), "INVALID_ID"));
    letters.add(new LetterPlace(FakeKafka.LETTERS, 0, 99));
    b.takeEffect.add(id(0));
    b.decided = true;
    Bulk bulk = bulk(plan(LetterAction.Kind.REPLAY, letters));
    kafka.before = () -> b.takeEffect.add(kafka.sent.isEmpty() ? id(0) : id(1));

    Progress last = bulk.run(progress -> {});

    assertThat(last.outcomes())
        .containsEntry("letters-0@0", "duplicate")
        .containsEntry("letters-0@1", "applied")
        .containsEntry("letters-0@2", "failed again")
        .containsEntry("letters-0@99", "not there any more");
    assertThat(last.outcomes().get("letters-0@3")).startsWith("left out: ");
  }

  @Test
  void killedInTheMiddleItGoesOnAtTheLastEntry() throws Exception {
    Plan plan = plan(LetterAction.Kind.DISCARD, letters(100));
    Bulk killed =
        new Bulk(
            tools,
            plan,
            clock,
            time -> {
              clock.pause(time);
              if (kafka.sentTo(FakeKafka.LETTERS).size() >= 60) {
                throw new InterruptedException("killed");
              }
            });
    assertThatThrownBy(() -> killed.run(progress -> {})).isInstanceOf(InterruptedException.class);

    Journal.Operation left = journal.unfinished().get(0);
    assertThat(left.last().done()).isBetween(1, 60);
    Progress last = bulk(Plan.of(left.plan())).goOn(left.last().done(), progress -> {});

    assertThat(last.done()).isEqualTo(100);
    Set<String> discarded =
        kafka.sentTo(FakeKafka.LETTERS).stream()
            .map(record -> new String(record.key(), UTF_8))
            .collect(Collectors.toSet());
    assertThat(discarded).as("each of them").hasSize(100);
    assertThat(journal.unfinished()).isEmpty();
  }

  @Test
  void stoppedItSaysHowFarItCame() throws Exception {
    Plan plan = plan(LetterAction.Kind.DISCARD, letters(50));
    Bulk[] self = new Bulk[1];
    self[0] = bulk(plan);

    Progress last =
        self[0].run(
            progress -> {
              if (progress.done() > 0) {
                self[0].stop();
              }
            });

    assertThat(last.step()).isEqualTo(Entry.STOPPED);
    assertThat(last.done()).isBetween(1, 49);
    assertThat(journal.last(1).get(0).done()).isEqualTo(last.done());
  }

  @Test
  void withoutItsPlanInTheJournalNothingIsDone() {
    Plan plan = plan(LetterAction.Kind.DISCARD, letters(1));
    kafka.away = true;

    assertThatThrownBy(() -> bulk(plan).run(progress -> {})).hasMessageContaining("away");
    assertThat(kafka.sent).isEmpty();
  }

  @Test
  void itIsNoFasterThanItMayBe() throws Exception {
    Instant begin = clock.instant();

    Progress unused = bulk(plan(LetterAction.Kind.DISCARD, letters(50))).run(progress -> {});

    assertThat(Duration.between(begin, clock.instant()))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void discardingNeedsAReason() {
    assertThatThrownBy(() -> new Plan("1", LetterAction.Kind.DISCARD, "anna", " ", List.of(), 100))
        .hasMessageContaining("reason");
  }

  private Bulk bulk(Plan plan) {
    return new Bulk(tools, plan, clock, clock::pause);
  }

  private static Plan plan(LetterAction.Kind action, List<LetterPlace> letters) {
    return new Plan("operation", action, "anna", "a test", letters, 10);
  }

  private List<LetterPlace> letters(int count) {
    List<LetterPlace> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      places.add(kafka.letter(id(i), "UNDECODABLE"));
    }
    return places;
  }

  private static String id(int number) {
    return "01a20d6d-5a00-7000-8000-" + Integer.toString(100_000_000 + number) + "000";
  }
}
