package dev.waybill.proof.report;

import dev.waybill.proof.checker.Seconds;
import dev.waybill.proof.ledger.Fault;
import dev.waybill.proof.ledger.Ledger;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The run as a picture: faults as bars, a line for each kind, above throughput and lag. */
final class TimeLine {
  private static final int WIDTH = 960;
  private static final int LEFT = 60;
  private static final int BAR = 18;
  private static final int CURVE = 110;

  private final Ledger ledger;
  private final long began;
  private final long ended;
  private final List<String> kinds;
  private final Html svg = new Html();

  private TimeLine(Ledger ledger) {
    this.ledger = ledger;
    began = ledger.run().began();
    ended =
        LongStream.concat(
                ledger.samples().stream().mapToLong(sample -> sample.at()),
                ledger.faults().stream().mapToLong(Fault::ended))
            .max()
            .orElse(began + 1);
    kinds = ledger.faults().stream().map(Fault::name).distinct().sorted().toList();
  }

  static String of(Ledger ledger) {
    return new TimeLine(ledger).draw();
  }

  private String draw() {
    List<Curve> curves = Stream.of(Curve.published(ledger), Curve.lag(ledger)).toList();
    int bars = kinds.size() * BAR;
    int bottom = bars + curves.size() * CURVE;
    svg.markup(
        "<svg viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"Faults, throughput and lag\">"
            .formatted(WIDTH, bottom + 20));
    for (int i = 0; i < kinds.size(); i++) {
      text(0, i * BAR + 13, kinds.get(i));
    }
    ledger.faults().forEach(this::bar);
    for (int i = 0; i < curves.size(); i++) {
      curve(curves.get(i), bars + (i + 1) * CURVE);
    }
    text(LEFT, bottom + 15, "0 s");
    text(WIDTH - 70, bottom + 15, Seconds.of(ended - began));
    return svg.markup("</svg>").toString();
  }

  private void bar(Fault fault) {
    double x = x(fault.began());
    svg.markup(
        "<rect class=\"fault-%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\">"
            .formatted(
                fault.hurts().name().toLowerCase(Locale.ROOT),
                number(x),
                kinds.indexOf(fault.name()) * BAR + 3,
                number(Math.max(2, x(fault.ended()) - x)),
                BAR - 6));
    svg.element(
        "title",
        "%s, %s, at %s for %s"
            .formatted(
                fault.name(),
                fault.what(),
                Seconds.of(fault.began() - began),
                Seconds.of(fault.ended() - fault.began())));
    svg.markup("</rect>");
  }

  private void curve(Curve curve, int bottom) {
    double highest = curve.highest();
    text(LEFT, bottom - CURVE + 14, curve.name());
    text(0, bottom, "0");
    text(0, bottom - CURVE + 30, String.format(Locale.ROOT, "%.0f", highest));
    svg.markup(
        "<line class=\"axis\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>"
            .formatted(LEFT, bottom, WIDTH, bottom));
    StringBuilder points = new StringBuilder();
    for (Curve.Point point : curve.points()) {
      double height = highest == 0 ? 0 : point.value() / highest * (CURVE - 25);
      points.append(number(x(point.at()))).append(',').append(number(bottom - height)).append(' ');
    }
    svg.markup("<polyline class=\"curve\" points=\"" + points + "\"/>");
  }

  private double x(long at) {
    double share = (double) (at - began) / Math.max(1, ended - began);
    return LEFT + Math.max(0, share) * (WIDTH - LEFT);
  }

  private void text(int x, int y, String text) {
    svg.markup("<text x=\"" + x + "\" y=\"" + y + "\">" + Html.escape(text) + "</text>");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
