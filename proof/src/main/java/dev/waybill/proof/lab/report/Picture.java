package dev.waybill.proof.lab.report;

import dev.waybill.proof.report.Html;
import java.util.List;
import java.util.Map;

/** A pattern as boxes, and what goes from one to the next. */
final class Picture {
  private static final int BOX = 130;
  private static final int GAP = 150;
  private static final int HEIGHT = 96;

  private static final Map<String, List<String>> PATHS =
      Map.of(
          "direct-after-commit",
          List.of("A", "1 commit", "A's database", "2 call, after it", "B"),
          "direct-after-commit-retrying",
          List.of("A", "1 commit", "A's memory", "2 call, until it answers", "B"),
          "direct-in-transaction",
          List.of("A", "1 change, open", "A's database", "2 call, then commit", "B"),
          "external-queue-push",
          List.of("A", "1 write, then commit", "Kafka", "2 take", "A's worker", "3 call", "B"),
          "external-queue-pull",
          List.of("A", "1 write, then commit", "Kafka", "2 take", "B"),
          "internal-queue-push",
          List.of(
              "A",
              "1 change and job",
              "A's database",
              "2 take a job",
              "A's workers",
              "3 call",
              "B"),
          "internal-queue-relay",
          List.of(
              "A",
              "1 change and event",
              "A's database",
              "2 read",
              "the relay",
              "3 with its cursor",
              "Kafka",
              "4 recognise",
              "B"));

  private Picture() {}

  /** An image without text for a name that nobody knows. */
  static String of(String variant) {
    List<String> path = PATHS.getOrDefault(variant, List.of());
    int boxes = (path.size() + 1) / 2;
    int width = boxes * BOX + Math.max(0, boxes - 1) * GAP;
    Html svg = new Html();
    svg.markup(
        "<svg viewBox=\"0 0 %s %s\" style=\"max-width:%spx\" role=\"img\" aria-label=\"%s\">"
            .formatted(width + 4, HEIGHT, width, Html.escape(String.join(", ", path))));
    for (int i = 0; i < path.size(); i++) {
      int x = 2 + i / 2 * (BOX + GAP);
      if (i % 2 == 0) {
        box(svg, x, path.get(i));
      } else {
        arrow(svg, x + BOX, path.get(i));
      }
    }
    return svg.markup("</svg>").toString();
  }

  private static void box(Html svg, int x, String text) {
    svg.markup(
        "<rect class=\"box\" x=\"%s\" y=\"28\" width=\"%s\" height=\"44\" rx=\"6\"/>"
            .formatted(x, BOX));
    text(svg, x + BOX / 2, 55, "name", text);
  }

  private static void arrow(Html svg, int x, String text) {
    svg.markup(
        "<path class=\"arrow\" d=\"M%s 50 H%s m-8 -5 l8 5 l-8 5\"/>".formatted(x + 4, x + GAP - 4));
    text(svg, x + GAP / 2, 40, "label", text);
  }

  private static void text(Html svg, int x, int y, String style, String text) {
    svg.markup(
        "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"middle\">%s</text>"
            .formatted(style, x, y, Html.escape(text)));
  }
}
