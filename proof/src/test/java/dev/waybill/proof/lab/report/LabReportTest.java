package dev.waybill.proof.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.proof.lab.judge.Verdict;
import dev.waybill.proof.lab.ledger.LabLedger;
import dev.waybill.proof.lab.ledger.Synthetic;
import dev.waybill.proof.lab.ledger.VariantLedger;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LabReportTest {
  private final LabLedger ledger =
      Synthetic.run(
          Synthetic.clean("internal-queue-relay").ledger(),
          Synthetic.clean("direct-after-commit")
              .injected("b-down", false, 1_000, 3_000, true)
              .asked(9, "<script>", 1_100, 503, 1, "b-down")
              .committed(9, "<script>", 1, 1_103)
              .ledger(),
          VariantLedger.failed("external-queue-push", "in words", "no <b>Kafka</b>"));
  private final Verdict verdict = Verdict.of(ledger);

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    LabReport.write(ledger, verdict, folder);
  }

  private String file(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  @Test
  void thePageNeedsNothingElseAndRunsNothing() throws IOException {
    assertThat(file("report.html"))
        .doesNotContain("http://", "https://", "src=", "<link", "@import", "url(", "<script")
        .doesNotContain("<b>Kafka")
        .contains("&lt;script&gt;", "never told", "The world failed", "./waybill lab");
  }

  @Test
  void eachPatternHasItsPicture() throws IOException {
    assertThat(file("report.html").split("<svg ", -1)).hasSize(1 + 3);
    assertThat(file("report.html")).contains(">the relay</text>", ">2 call, after it</text>");
  }

  @Test
  void theTableIsTheSameInMarkdown() throws IOException {
    assertThat(file("report.md"))
        .contains(
            "| direct-after-commit | no | 5 | 4 | 1 | 0 | 0 | 0 | 1 | 0 | 4.0 / 4.0 ms",
            "| **internal-queue-relay** | **yes** | **4** | **4** | **0** |",
            "**external-queue-push: the world failed");
  }

  @Test
  void theJsonSaysTheSame() throws IOException {
    JsonNode report = JsonMapper.builder().build().readTree(file("report.json"));

    assertThat(report.path("holds").booleanValue()).isFalse();
    assertThat(report.at("/rows/2/lost").intValue()).isEqualTo(1);
    assertThat(report.at("/rows/2/a/p50").longValue()).isEqualTo(4_000);
    assertThat(report.at("/firstOffenders/0/lifeLine").textValue()).contains("never told");
    assertThat(report.at("/firstOffenders/0/byFault/b-down").intValue()).isEqualTo(1);
  }

  @Test
  void theScreenNamesWhatIsNotAsItMustBe() {
    StringWriter out = new StringWriter();
    LabReport.print(ledger, verdict, new PrintWriter(out, true));

    assertThat(out.toString())
        .contains("NOT AS IT MUST BE: external-queue-push: the world failed")
        .contains("B recognises: no or yes: 1 lost (b-down 1), the first:")
        .doesNotContain("is as it must be, and");
  }
}
