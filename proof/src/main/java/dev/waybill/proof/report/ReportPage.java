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
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Waybill: report of a campaign</title>
      <style>
      :root { color-scheme: light dark; --text: #1c1c1c; --page: #fff; --faint: #6b6b6b;
        --line: #d5d5d5; --good: #1a7f37; --bad: #c4221a; --a: #b35900; --behind: #8250df;
        --curve: #0969da; }
      @media (prefers-color-scheme: dark) {
        :root { --text: #e6e6e6; --page: #151515; --faint: #9a9a9a; --line: #3d3d3d;
          --good: #4ac26b; --bad: #ff7b72; --a: #f0a04b; --behind: #b794ff; --curve: #58a6ff; } }
      body { font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page);
        max-width: 1000px; margin: 2rem auto; padding: 0 1rem; }
      table { border-collapse: collapse; width: 100%; }
      th, td { text-align: left; vertical-align: top; padding: .25rem .6rem .25rem 0;
        border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
      .HELD { color: var(--good); } .BROKEN { color: var(--bad); font-weight: 600; }
      .NOT_EXAMINED, .faint { color: var(--faint); }
      code, pre { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere;
        white-space: pre-wrap; }
      svg { width: 100%; height: auto; } svg text { font: 11px system-ui, sans-serif;
        fill: var(--faint); }
      .axis { stroke: var(--line); } .curve { stroke: var(--curve); fill: none; }
      .fault-a { fill: var(--a); } .fault-behind { fill: var(--behind); }
      .fault-nobody { fill: var(--faint); }
      </style>
      </head>
      <body>
      <h1>Report of a campaign</h1>
      """;

  private final Ledger ledger;
  private final Judgement judgement;
  private final Html page = new Html();

  private ReportPage(Ledger ledger, Judgement judgement) {
    this.ledger = ledger;
    this.judgement = judgement;
  }

  static String of(Ledger ledger, Judgement judgement) {
    return new ReportPage(ledger, judgement).build();
  }

  private String build() {
    page.markup(HEAD);
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
