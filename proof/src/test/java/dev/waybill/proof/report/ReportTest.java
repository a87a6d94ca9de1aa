package dev.waybill.proof.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.proof.checker.Attack;
import dev.waybill.proof.checker.Checker;
import dev.waybill.proof.checker.Judgement;
import dev.waybill.proof.ledger.Ledger;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportTest {
  private static final String HOSTILE = "</title></pre><script>alert(\"'&\")</script>";

  @TempDir private Path folder;

  @Test
  void whatTheLedgerSaysIsEscaped() throws Exception {
    String page = page(new Attack().hostile(HOSTILE).ledger(HOSTILE));

    assertThat(page)
        .doesNotContain("<script", "alert(\"")
        .contains("&lt;/title&gt;&lt;/pre&gt;&lt;script&gt;alert(&quot;&#39;&amp;&quot;)");
  }

  @Test
  void thePageNeedsNothingElse() throws Exception {
    assertThat(page(new Attack().ledger()))
        .doesNotContain("http://", "https://", "src=", "<link", "@import", "url(");
  }

  @Test
  void aRunOfOneMomentHasAPage() throws Exception {
    assertThat(page(new Attack().cutOffAtOnce().ledger())).doesNotContain("NaN", "Infinity");
  }

  @Test
  void theJsonSaysTheSame() throws Exception {
    Ledger ledger = new Attack().hostile(HOSTILE).ledger();
    Judgement judgement = Checker.judge(ledger);
    Report.write(ledger, judgement, folder);

    JsonNode report = JsonMapper.builder().build().readTree(folder.resolve("report.json").toFile());

    assertThat(report.get("clean").booleanValue()).isEqualTo(judgement.clean()).isFalse();
    assertThat(report.get("run").get("seed").longValue()).isEqualTo(7);
    assertThat(report.get("invariants")).hasSize(15);
    assertThat(report.at("/invariants/4/outcome").textValue()).isEqualTo("BROKEN");
    assertThat(report.at("/invariants/4/findings/0/offender").textValue()).contains(HOSTILE);
    assertThat(report.at("/faults/0/recoveryMillis").longValue()).isEqualTo(2_000);
    assertThat(report.at("/recovery/0/worstMillis").longValue()).isEqualTo(2_000);
  }

  private String page(Ledger ledger) throws Exception {
    Report.write(ledger, Checker.judge(ledger), folder.resolve("new"));
    return Files.readString(folder.resolve("new/report.html"));
  }
}
