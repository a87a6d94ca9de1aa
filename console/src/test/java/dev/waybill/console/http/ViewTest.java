package dev.waybill.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.console.audit.AuditReport;
import dev.waybill.console.audit.Difference;
import dev.waybill.console.flow.Flowing;
import dev.waybill.console.journal.Entry;
import dev.waybill.console.letters.KnownLetter;
import dev.waybill.console.letters.Plan;
import dev.waybill.console.letters.Preview;
import dev.waybill.console.letters.Progress;
import dev.waybill.console.letters.Repair;
import dev.waybill.deduplication.LetterAction;
import dev.waybill.deduplication.replay.Letter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** Each template with what nobody should write, and what is empty. */
final class ViewTest {
  private static final String HOSTILE = "</td><script>alert(1)</script>\" onmouseover='x";
  private static final Instant AT = Instant.parse("2026-11-28T07:00:00Z");
  private static final Visitor ANNA = new Visitor(HOSTILE, "proof", false);

  private final View view = new View(new Access(new AccessSettings(null, null, Set.of())));

  @Test
  void thePictureOfThePathIsTextToo() {
    Flowing now =
        new Flowing(
            AT,
            List.of(
                new Flowing.Station("relay", Flowing.Health.STOPPED, 2_000, 90, HOSTILE),
                new Flowing.Station("B", Flowing.Health.AWAY, -1, -1, "")),
            List.of(new Flowing.LaneLine(0, HOSTILE, 1.5, HOSTILE, 3)),
            List.of(new Flowing.InstanceLine(HOSTILE, List.of(0, 3), HOSTILE)),
            7,
            List.of(HOSTILE));

    assertThat(harmless("flowing.jte", Map.of("now", now)))
        .contains("✕ stopped", "? no answer", "2000/s", "90 s", "7 open dead letters", "[0, 3]");
  }

  @Test
  void differencesAreNamedWithWhy() {
    AuditReport report =
        new AuditReport(
            List.of(
                new AuditReport.Minute(
                    AT,
                    3,
                    -1,
                    2,
                    false,
                    List.of(
                        new Difference("e", HOSTILE, 2, Difference.Why.MISSING, HOSTILE),
                        new Difference("f", null, 0, Difference.Why.UNKNOWN_TO_A, HOSTILE)),
                    5)),
            List.of(new AuditReport.Bucket(0, 2, 2, 2), new AuditReport.Bucket(1, 3, -1, 2)),
            List.of(
                new AuditReport.Aggregate(
                    1,
                    3,
                    0,
                    1,
                    new Difference("e", HOSTILE, 2, Difference.Why.DEAD_LETTERED, HOSTILE))),
            7,
            List.of(HOSTILE));

    assertThat(harmless("audited.jte", Map.of("report", report, "minutes", 15)))
        .contains("missing", "unknown to A", "and 5 more", "≠ differs", "2026-11-28 07:00")
        .contains(
            "✓ bucket 0</strong> 2 · 2 · 2<", "≠ bucket 1</strong> 3 · ? · 2", "1 not applied")
        .contains("dead-lettered", "<td>nothing</td><td>1 event</td>", "Not named: 7 aggregates");
    assertThat(
            harmless(
                "audited.jte",
                Map.of(
                    "report",
                    new AuditReport(List.of(), List.of(), List.of(), 0, List.of()),
                    "minutes",
                    15)))
        .contains("No minute could be compared");
  }

  @Test
  void theJournalShowsWhatPeopleWrote() {
    Entry entry = Entry.of("o", "quarantine", HOSTILE, HOSTILE, AT, HOSTILE);

    assertThat(harmless("journal.jte", Map.of("entries", List.of(entry), "visitor", ANNA)))
        .contains("2026-11-28 07:00:00 UTC", "quarantine");
    assertThat(harmless("journal.jte", Map.of("entries", List.of(), "visitor", ANNA)))
        .contains("Nothing was done yet");
  }

  @Test
  void anOperationIsAskedForUntilItIsOver() {
    Progress going = progress("progress");
    Progress over = progress("finished");

    assertThat(harmless("progress.jte", Map.of("progress", going, "visitor", ANNA)))
        .contains("hx-get=\"/operations/o\"", "Stop");
    assertThat(harmless("operation.jte", Map.of("progress", over, "visitor", ANNA)))
        .doesNotContain("hx-get", "Stop");
  }

  private static Progress progress(String step) {
    return new Progress(
        "o", "replay", HOSTILE, step, 2, 1, Map.of("letters-0@1", HOSTILE), HOSTILE);
  }

  @Test
  void aPlanSaysWhatWouldHappen() {
    KnownLetter letter =
        new KnownLetter(
            "letters-0@1",
            "",
            HOSTILE,
            HOSTILE,
            HOSTILE,
            "f",
            "s",
            "",
            "open",
            "",
            0,
            "",
            "",
            "",
            true);
    Plan plan = Plan.of(LetterAction.Kind.REPLAY, "anna", "", List.of(letter), 5);
    Preview preview = Preview.of(LetterAction.Kind.REPLAY, List.of(letter));

    assertThat(harmless("plan.jte", Map.of("plan", plan, "preview", preview, "visitor", ANNA)))
        .contains("Nothing is done yet", "at most 5 a second", "1 left out: it has no id or key")
        .contains("replay: 1 letter<", "replay 0 letters<");
  }

  @Test
  void whatIsEditedIsTextInTheForm() {
    String end = "</textarea>" + HOSTILE;
    EditForm form = new EditForm(HOSTILE, HOSTILE, end, HOSTILE, end, HOSTILE);

    assertThat(
            harmless("edit.jte", Map.of("form", form, "wrong", HOSTILE, "visitor", ANNA))
                .split("</textarea>"))
        .hasSize(3);
  }

  @Test
  void aRepairSaysWhatItWouldChange() {
    RecordHeaders headers = new RecordHeaders();
    ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("letters", 0, 1, null, null);
    Repair repair =
        new Repair(
            new Letter(record),
            new ProducerRecord<>("letters", 0, new byte[0], null, headers),
            HOSTILE,
            false,
            List.of(
                new Repair.Change("ce_sequence", null, "7"),
                new Repair.Change(HOSTILE, HOSTILE, HOSTILE)));
    Plan plan = Plan.of(repair, "anna", "why");

    assertThat(harmless("repair.jte", Map.of("plan", plan, "repair", repair, "visitor", ANNA)))
        .contains("Nothing is done yet", "letters-0@1", "ce_sequence", "none");
  }

  private String harmless(String template, Map<String, Object> parameters) {
    String html = view.render(template, parameters);
    assertThat(html)
        .doesNotContain("<script>alert")
        .doesNotContainPattern("=\"[^\"]*\" onmouseover")
        .doesNotContainPattern(" style=|</td></td>");
    return html;
  }
}
