package dev.waybill.proof.report;

import dev.waybill.proof.checker.Judgement;
import dev.waybill.proof.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the report of a run: {@code report.html}, which needs nothing else to be read, and {@code
 * report.json}, which says the same to programs.
 */
public final class Report {
  private Report() {}

  /**
   * Overwrites an earlier report.
   *
   * @param folder is made where it is not there
   * @throws IOException when a file cannot be written; it may be there in part
   */
  public static void write(Ledger ledger, Judgement judgement, Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("report.html"), ReportPage.of(ledger, judgement));
    Files.writeString(folder.resolve("report.json"), ReportJson.of(ledger, judgement));
  }
}
