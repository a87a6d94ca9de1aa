package dev.waybill.proof.report;

import dev.waybill.proof.checker.Finding;
import dev.waybill.proof.checker.Judged;
import dev.waybill.proof.checker.Judgement;
import dev.waybill.proof.checker.JudgementText;
import dev.waybill.proof.checker.Recovery;
import dev.waybill.proof.checker.RecoveryTimes;
import dev.waybill.proof.checker.Seconds;
import dev.waybill.proof.ledger.Fault;
import dev.waybill.proof.ledger.Ledger;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The report for people. */
final class ReportPage {
  private static final String STYLE =
      """
      :root { --a: #b35900; --behind: #8250df; --curve: #0969da; }
      @media (prefers-color-scheme: dark) {
        :root { --a: #f0a04b; --behind: #b794ff; --curve: #58a6ff; } }
      body { max-width: 1000px; }
      th, td { overflow-wrap: anywhere; }
      .HELD { color: var(--good); } .BROKEN { color: var(--bad); font-weight: 600; }
      .NOT_EXAMINED { color: var(--faint); }
      svg text { font: 11px system-ui, sans-serif; fill: var(--faint); }
      .axis { stroke: var(--line); } .curve { stroke: var(--curve); fill: none; }
      .fault-a { fill: var(--a); } .fault-behind { fill: var(--behind); }
      .fault-nobody { fill: var(--faint); }
      """;

  private final Ledger ledger;
  private final Judgement judgement;
  private final Html page =
      Html.page("Waybill: report of a campaign", "Report of a campaign", STYLE);

  private ReportPage(Ledger ledger, Judgement judgement) {
    this.ledger = ledger;
    this.judgement = judgement;
  }

  static String of(Ledger ledger, Judgement judgement) {
    return new ReportPage(ledger, judgement).build();
  }

  private String build() {
    run();
    verdict();
    page.element("h2", "Time line");
    page.markup(TimeLine.of(ledger));
    recovery();
    faults();
    findings();
    return page.markup("</body></html>").toString();
  }

  private void run() {
    String outcome = judgement.clean() ? "HELD" : "BROKEN";
    page.markup("<p class=\"%s\">".formatted(outcome));
    page.element("strong", JudgementText.sum(judgement)).markup("</p>");
    page.element(
        "p",
        "Seed %s, %s brokers, begun %s. %s requests, %s events committed, %s records, %s faults."
            .formatted(
                ledger.run().seed(),
                ledger.run().brokers(),
                Instant.ofEpochMilli(ledger.run().began()),
                ledger.requests().size(),
                ledger.committed().size(),
                ledger.published().size(),
                ledger.faults().size()));
    page.element("p", "This run again:").element("pre", ledger.run().command());
  }

  private void verdict() {
    page.element("h2", "Verdict").table("", "What must hold", "Outcome", "");
    for (Judged judged : judgement.judged()) {
      page.markup("<tr class=\"%s\">".formatted(judged.outcome()))
          .element("td", judged.invariant().number() + " " + judged.invariant().title())
          .element("td", judged.invariant().sentence())
          .element("td", JudgementText.outcome(judged))
          .element("td", judged.remark())
          .markup("</tr>");
    }
    page.markup("</table>");
  }

  private void recovery() {
    page.element("h2", "Recovery")
        .element(
            "p", "From a fault's end until all that had been committed until then was applied.")
        .table("Fault", "Measured", "p50", "Worst", "Another fault came before it was over");
    for (RecoveryTimes times : RecoveryTimes.of(judgement.recoveries())) {
      boolean any = times.measured() > 0;
      page.row(
          times.fault(),
          times.measured(),
          any ? Seconds.of(times.p50Millis()) : "",
          any ? Seconds.of(times.worstMillis()) : "",
          times.followed());
    }
    page.markup("</table>");
  }

  private void faults() {
    RecoveryByFault recoveries = new RecoveryByFault(judgement.recoveries());
    page.element("h2", "Faults")
        .table("Fault", "What was done", "Began", "Lasted", "Hurt", "In flight", "Recovery");
    for (Fault fault : ledger.faults()) {
      page.row(
          fault.name(),
          fault.what(),
          Seconds.of(fault.began() - ledger.run().began()),
          Seconds.of(fault.ended() - fault.began()),
          fault.hurts().name().toLowerCase(Locale.ROOT),
          fault.inFlight(),
          recoveries.of(fault).map(ReportPage::words).orElse(""));
    }
    page.markup("</table>");
  }

  private static String words(Recovery recovery) {
    return recovery.judged() ? Seconds.of(recovery.millis()) : "another fault came before";
  }

  private void findings() {
    page.element("h2", "Findings");
    List<Judged> broken =
        judgement.judged().stream().filter(one -> !one.findings().isEmpty()).toList();
    if (broken.isEmpty()) {
      page.element("p", "None.");
    }
    for (Judged judged : broken) {
      page.element(
          "h3",
          "%s %s: %s"
              .formatted(
                  judged.invariant().number(),
                  judged.invariant().title(),
                  JudgementText.outcome(judged)));
      finding(judged.findings().get(0));
      if (judged.findings().size() > 1) {
        page.markup("<details><summary>More of them</summary>");
        judged.findings().stream().skip(1).forEach(this::finding);
        page.markup("</details>");
      }
    }
  }

  private void finding(Finding finding) {
    page.element("p", finding.offender());
    if (!finding.lifeLine().isEmpty()) {
      page.element("pre", String.join("\n", finding.lifeLine()));
    }
  }
}
