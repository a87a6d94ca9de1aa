package dev.waybill.proof.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.proof.servers.HttpAnswers;
import dev.waybill.proof.servers.Servers;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The services' metrics, as Prometheus' own tool judges them. */
@ExtendWith(Servers.class)
@Timeout(300)
final class PrometheusTest {
  @Test
  void promtoolWouldHaveNothingToSayOfOurOwnMetrics() throws Exception {
    try (WholePath path = WholePath.start()) {
      // Some metrics are there only when something has happened.
      String order = path.place().path("id").asText();
      HttpAnswers.awaitTexts(path.b() + "/orders/" + order, "\"PLACED\"");

      for (String service : List.of(path.a(), path.relay(), path.b())) {
        List<MetricFamily> own = own(HttpAnswers.get(service + "/metrics"));

        assertThat(own).as(service).hasSizeGreaterThan(3);
        assertThat(MetricRules.problems(own)).as(service).isEmpty();
      }
    }
  }

  private static List<MetricFamily> own(String page) {
    return MetricFamily.of(page).stream()
        .filter(metric -> metric.name().startsWith("waybill_"))
        .toList();
  }

  /** Each of the rules is broken once; a {@code \n} ends a line. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "waybill_x_total       | counter | {} 1            |",
        "waybill_x_seconds     | summary | _count 1        |",
        "waybill_x             | -       | {} 1            | no type",
        "waybill_x             | counter | {} 1            | a counter without _total",
        "waybill_x_total       | gauge   | {} 1            | _total, and no counter",
        "waybill_x_millis      | gauge   | {} 1            |",
        "waybill_milliseconds  | gauge   | {} 1            | not in a base unit",
        "waybill_age_hours     | gauge   | {} 1            | not in a base unit",
        "waybill_kilobytes_now | gauge   | {} 1            | not in a base unit",
        "waybill_x_ms          | gauge   | {} 1            | an abbreviated unit",
        "waybill_mb_used       | gauge   | {} 1            | an abbreviated unit",
        "waybill_x_count       | gauge   | {} 1            | the suffix of a summary",
        "waybill_x_sum         | gauge   | {} 1            | the suffix of a summary",
        "waybill_x_bucket      | gauge   | {} 1            | the suffix of a histogram",
        "waybill_x             | gauge   | {le=\"1\"} 1      | the label of a histogram",
        "waybill_x             | gauge   | {quantile=\"1\"} 1 | the label of a summary",
        "waybill_gauge_x       | gauge   | {} 1            | its type in its name",
        "waybill:x             | gauge   | {} 1            | a colon in its name",
        "waybill_eventAge      | gauge   | {} 1            | not in snake_case",
        "waybill_x             | gauge   | {theLane=\"1\"} 1 | not in snake_case",
        "waybill_x             | gauge   | {a=\"1\"} 1\\nwaybill_x{a=\"1\"} 2 | a series twice",
      })
  void whatBreaksARuleIsFound(String name, String type, String sample, @Nullable String problem) {
    String typed = type.equals("-") ? "" : "# TYPE " + name + " " + type + "\n";
    String page =
        "# HELP " + name + " What it is.\n" + typed + name + sample.replace("\\n", "\n") + "\n";

    assertThat(MetricRules.problems(MetricFamily.of(page)))
        .isEqualTo(Stream.ofNullable(problem).map(said -> name + ": " + said).toList());
  }

  @Test
  void metricWithoutAWordIsFound() {
    assertThat(MetricRules.problems(MetricFamily.of("# TYPE waybill_x gauge\nwaybill_x 1\n")))
        .containsExactly("waybill_x: no help text");
  }
}
