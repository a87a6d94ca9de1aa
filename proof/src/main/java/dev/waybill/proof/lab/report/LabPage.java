package dev.waybill.proof.lab.report;

import dev.waybill.proof.lab.judge.Row;
import dev.waybill.proof.lab.judge.Verdict;
import dev.waybill.proof.lab.ledger.Injected;
import dev.waybill.proof.lab.ledger.LabLedger;
import dev.waybill.proof.lab.ledger.VariantLedger;
import dev.waybill.proof.report.Html;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The report for people. */
final class LabPage {
  private static final String STYLE =
      """
      :root { --box: #f3f3f3; }
      @media (prefers-color-scheme: dark) { :root { --box: #222; } }
      body { max-width: 1240px; }
      .wide { overflow-x: auto; } .wide td { white-space: nowrap; }
      .good { color: var(--good); font-weight: 600; } .bad { color: var(--bad); font-weight: 600; }
      svg { display: block; }
      svg .name { font: 600 14px system-ui, sans-serif; fill: var(--text); }
      svg .label { font: 12px system-ui, sans-serif; fill: var(--faint); }
      svg .box { fill: var(--box); stroke: var(--line); }
      svg .arrow { stroke: var(--faint); fill: none; stroke-width: 1.5; }
      """;

  private static final int FIRST_COUNT = 4;
  private static final int LAST_COUNT = 9;

  private final LabLedger ledger;
  private final Verdict verdict;
  private final Html page =
      Html.page("Waybill: the pattern lab", "How A tells B, and what is lost on the way", STYLE);

  private LabPage(LabLedger ledger, Verdict verdict) {
    this.ledger = ledger;
    this.verdict = verdict;
  }

  static String of(LabLedger ledger, Verdict verdict) {
    return new LabPage(ledger, verdict).build();
  }

  private String build() {
    run();
    table();
    words();
    ledger.variants().forEach(this::pattern);
    faults();
    page.element("h2", "What threatens these numbers").markup("<ul>");
    Texts.THREATS.forEach(threat -> page.element("li", threat));
    return page.markup("</ul></body></html>").toString();
  }

  private void run() {
    page.element(
        "p",
        "Measured %s on %s; %s seeds."
            .formatted(
                Instant.ofEpochMilli(ledger.run().began()),
                ledger.run().machine(),
                ledger.run().seeds()));
    if (verdict.holds()) {
      page.markup("<p class=\"good\">");
      page.element("span", "The lab is as it must be, and so is Waybill.").markup("</p>");
    }
    for (String complaint : verdict.complaints()) {
      page.markup("<p class=\"bad\">").element("span", complaint).markup("</p>");
    }
    page.element("p", "The same again:").element("pre", ledger.run().command());
  }

  private void table() {
    page.element("h2", "The table")
        .markup("<div class=\"wide\">")
        .table(Texts.HEADS.toArray(String[]::new));
    for (Row row : verdict.rows()) {
      page.markup("<tr>");
      List<String> cells = Texts.cells(row);
      for (int i = 0; i < cells.size(); i++) {
        boolean isCount = i >= FIRST_COUNT && i <= LAST_COUNT;
        String style = !isCount ? "" : cells.get(i).equals("0") ? "good" : "bad";
        page.markup("<td class=\"" + style + "\">" + Html.escape(cells.get(i)) + "</td>");
      }
      page.markup("</tr>");
    }
    page.markup("</table></div>");
  }

  private void words() {
    page.markup("<p class=\"faint\">");
    page.element(
            "span",
            "Lost: committed in A, never told. Phantom: told, and not committed. Doubled: effects of a"
                + " booking beyond its first. Reordered: bookings whose first effect came after that of a"
                + " later one of the same account. Refused: requests to A without success while something"
                + " that is not A's was away. Hung: those with success that took more than a second and"
                + " a half then, and longer than any without faults. A and commit to B: without faults. Recovery: from a"
                + " fault's end until all that had committed by then, and was ever told, was told.")
        .markup("</p>");
  }

  private void pattern(VariantLedger variant) {
    page.element("h2", variant.variant()).element("p", variant.words() + ".");
    page.markup(Picture.of(variant.variant()));
    if (!variant.failed().isEmpty()) {
      page.markup("<p class=\"bad\">")
          .element("span", "The world failed: " + variant.failed())
          .markup("</p>");
    }
    boolean any = false;
    for (Offender one : Offender.all(ledger, verdict)) {
      if (one.variant().equals(variant.variant())) {
        any = true;
        page.element("p", "B recognises: %s. %s, the first:".formatted(one.recognises(), one.sum()))
            .element("pre", one.lines());
      }
    }
    if (!any && variant.failed().isEmpty()) {
      page.element("p", "Nothing was wrong.");
    }
  }

  private void faults() {
    page.element("h2", "The faults").table("Fault", "What is done", "Injected", "Took effect");
    Map<String, Injected> kinds = new LinkedHashMap<>();
    ledger.variants().stream()
        .flatMap(variant -> variant.injected().stream())
        .forEach(fault -> kinds.putIfAbsent(fault.name(), fault));
    for (Injected kind : kinds.values()) {
      List<Injected> all =
          ledger.variants().stream()
              .flatMap(variant -> variant.injected().stream())
              .filter(fault -> fault.name().equals(kind.name()))
              .toList();
      page.row(
          kind.name(), kind.what(), all.size(), all.stream().filter(Injected::tookEffect).count());
    }
    page.markup("</table>");
  }
}
