package dev.waybill.console.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A spreadsheet calculates nothing of what others have written. */
final class CsvTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =HYPERLINK(\"http://x\")", "＝1", "\r=1"})
  void formulasAreTexts(String formula) {
    assertThat(Csv.cell(formula)).startsWith("\"'");
  }

  @Test
  void quotesAndLinesStayInTheirCell() {
    Entry entry =
        Entry.of("1", "quarantine", "anna \"=x\"", "one\ntwo,three", Instant.EPOCH, "done");

    assertThat(Csv.of(List.of(entry)).lines())
        .hasSize(2)
        .last()
        .asString()
        .contains("\"anna \"\"=x\"\"\"", "\"one two,three\"");
  }
}
