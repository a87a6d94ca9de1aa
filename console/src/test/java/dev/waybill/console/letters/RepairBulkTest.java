package dev.waybill.console.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.console.journal.Entry;
import dev.waybill.console.journal.Journal;
import dev.waybill.deduplication.LetterAction;
import dev.waybill.deduplication.LetterPlace;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** A letter that was edited is carried out as any plan, and what was edited is written nowhere. */
final class RepairBulkTest {
  private static final String JOURNAL = "journal";
  private static final String REPLAYS = "replays";
  private static final String ID = "01a20d6d-5a00-7000-8000-00000000000a";
  private static final String OTHER = "01a20d6d-5a00-7000-8000-00000000000b";

  private final FakeKafka kafka = new FakeKafka();
  private final Journal journal = new Journal(kafka, kafka, JOURNAL);
  private final FakeB b = new FakeB();
  private final Ticking clock = new Ticking();
  private final LetterPlace letter = kafka.letter(ID, "UNDECODABLE");
  private int sends;

  @Test
  void itIsPlannedSentAndSaidWithoutItsValue() throws Exception {
    kafka.before = () -> takesEffectOnce(sends++ == 1, ID);

    Progress last = run(ID, false);

    assertThat(last.outcomes()).containsExactly(Map.entry("letters-0@0", "applied"));
    assertThat(kafka.sentTo(REPLAYS)).hasSize(1);
    assertThat(text(kafka.sentTo(REPLAYS).get(0).value())).isEqualTo("personal");
    assertThat(actions()).containsExactly("replay: edited: a test");
    assertThat(journal.unfinished()).isEmpty();
    Entry planned = journal.last(10).get(journal.last(10).size() - 1);
    assertThat(planned.action()).isEqualTo("repair");
    assertThat(planned.words()).isEqualTo("edited from letters-0@0: value");
    assertThat(kafka.sentTo(JOURNAL))
        .allSatisfy(entry -> assertThat(text(entry.value())).doesNotContain("personal"));
  }

  @Test
  void whatBRefusesAgainIsSaidSo() throws Exception {
    assertThat(run(ID, false).outcomes()).containsEntry("letters-0@0", "failed again");
  }

  @Test
  void anEventThatHasTakenEffectIsNotReplaced() throws Exception {
    b.takeEffect.add(ID);

    assertThat(run(ID, false).outcomes().get("letters-0@0")).startsWith("left out: ");
    assertThat(kafka.sentTo(REPLAYS)).isEmpty();
    assertThat(actions()).isEmpty();
  }

  @Test
  void underANewIdTheLetterIsSettledHere() throws Exception {
    kafka.before = () -> takesEffectOnce(sends++ == 1, OTHER);

    assertThat(run(OTHER, true).outcomes()).containsEntry("letters-0@0", "applied");
    assertThat(actions())
        .containsExactly("replay: edited: a test", "applied: edited: as event " + OTHER);
  }

  @Test
  void whatWasSentOnlyInPartIsSentAgain() throws Exception {
    kafka.before =
        () -> {
          kafka.away = sends++ == 1;
          takesEffectOnce(kafka.away, ID);
        };

    assertThat(run(ID, false).outcomes()).containsEntry("letters-0@0", "applied");
  }

  @Test
  void nothingIsSentBeforeBHasSaidThatItHasNoEffectYet() throws Exception {
    b.away = 3;

    assertThat(run(ID, false).outcomes()).containsEntry("letters-0@0", "failed again");
    assertThat(b.away).isZero();
  }

  @Test
  void itNeedsAReason() {
    assertThatThrownBy(() -> Plan.of(kafka.repair(letter, ID, false), "anna", " "))
        .hasMessageContaining("a reason is needed");
  }

  private void takesEffectOnce(boolean now, String eventId) {
    if (now) {
      b.takeEffect.add(eventId);
    }
  }

  private Progress run(String eventId, boolean hasNewId) throws InterruptedException {
    Plan plan = Plan.of(kafka.repair(letter, eventId, hasNewId), "anna", "a test");
    Bulk.Tools tools = new Bulk.Tools(journal, kafka, kafka, REPLAYS, b);
    return new Bulk(tools, plan, clock, clock::pause).run(progress -> {});
  }

  private List<String> actions() {
    return kafka.sentTo(FakeKafka.LETTERS).stream().map(RepairBulkTest::action).toList();
  }

  private static String action(ProducerRecord<byte[], byte[]> record) {
    return text(record.headers().lastHeader(LetterAction.ACTION).value())
        + ": "
        + text(record.headers().lastHeader(LetterAction.REASON).value());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
