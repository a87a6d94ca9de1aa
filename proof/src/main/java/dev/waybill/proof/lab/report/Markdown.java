package dev.waybill.proof.lab.report;

import dev.waybill.proof.lab.judge.Row;
import dev.waybill.proof.lab.judge.Verdict;
import dev.waybill.proof.lab.judge.Wrong;
import dev.waybill.proof.lab.ledger.LabLedger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table for pages of the repository. */
final class Markdown {
  private Markdown() {}

  static String of(LabLedger ledger, Verdict verdict) {
    StringBuilder text = new StringBuilder();
    text.append(
        "Measured %s on %s, %s seeds, each of these faults once for each seed: %s.\n\n"
            .formatted(
                Instant.ofEpochMilli(ledger.run().began()).truncatedTo(ChronoUnit.SECONDS),
                ledger.run().machine(),
                ledger.run().seeds(),
                String.join(", ", ledger.run().faults())));
    text.append(line(Texts.HEADS));
    text.append(line(Texts.HEADS.stream().map(head -> "---").toList()));
    verdict.rows().forEach(row -> text.append(line(cells(row))));
    text.append("\nThe first offenders:\n\n");
    Offender.all(ledger, verdict)
        .forEach(
            one ->
                text.append(
                    "- **%s, B recognises: %s: %s**: %s\n"
                        .formatted(one.variant(), one.recognises(), one.sum(), one.lifeLine())));
    verdict.complaints().forEach(complaint -> text.append("\n**" + complaint + "**\n"));
    return text.append("\nThe same again: `" + ledger.run().command() + "`\n").toString();
  }

  private static List<String> cells(Row row) {
    boolean isWrong = Stream.of(Wrong.values()).anyMatch(wrong -> row.count(wrong) > 0);
    List<String> cells = Texts.cells(row);
    return isWrong ? cells : cells.stream().map(cell -> "**" + cell + "**").toList();
  }

  private static String line(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
