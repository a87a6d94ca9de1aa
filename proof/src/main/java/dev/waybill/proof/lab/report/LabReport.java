package dev.waybill.proof.lab.report;

import dev.waybill.proof.lab.judge.Row;
import dev.waybill.proof.lab.judge.Verdict;
import dev.waybill.proof.lab.judge.Wrong;
import dev.waybill.proof.lab.ledger.LabLedger;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The report of a run: {@code report.html}, which needs nothing else to be read, {@code
 * report.json} and {@code report.md}, which say the same to programs and to pages.
 */
public final class LabReport {
  private static final String LINE =
      "%-30s %-4s %9s %6s %6s %8s %8s %9s %7s %4s   %-15s %-20s %s%n";

  private LabReport() {}

  /**
   * Overwrites an earlier report.
   *
   * @param folder is made where it is not there
   * @throws IOException when a file cannot be written; it may be there in part
   */
  public static void write(LabLedger ledger, Verdict verdict, Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("report.html"), LabPage.of(ledger, verdict));
    Files.writeString(folder.resolve("report.json"), LabJson.of(ledger, verdict));
    Files.writeString(folder.resolve("report.md"), Markdown.of(ledger, verdict));
  }

  /** The table, and what cannot be believed. */
  public static void print(LabLedger ledger, Verdict verdict, PrintWriter out) {
    out.println();
    out.printf(
        LINE,
        "pattern",
        "rec.",
        "committed",
        "told",
        "LOST",
        "PHANTOM",
        "DOUBLED",
        "REORDERED",
        "REFUSED",
        "HUNG",
        "A p50 / p99",
        "to B p50 / p99",
        "recovery p50 / worst");
    for (Row row : verdict.rows()) {
      out.printf(LINE, Texts.cells(row).toArray());
    }
    for (Offender one : Offender.all(ledger, verdict)) {
      if (one.wrong() != Wrong.REFUSED && one.wrong() != Wrong.HUNG) {
        out.printf(
            "%n%s, B recognises: %s: %s, the first:%n  %s%n",
            one.variant(), one.recognises(), one.sum(), one.lifeLine());
      }
    }
    out.println();
    verdict.complaints().forEach(complaint -> out.println("NOT AS IT MUST BE: " + complaint));
    if (verdict.holds()) {
      out.println("The lab is as it must be, and so is Waybill.");
    }
  }
}
