package dev.waybill.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReportTest {
  private static final List<Result> RESULTS =
      List.of(
          Result.of(
                  "drain", "relay", Compared.of(List.of(70.0), List.of(100.0)), "events/s", "tool")
              .against(Target.ratio(0.7)),
          Result.of("poll", "poll", 1.0, "ms").against(Target.below(1, "ms")),
          Result.of("poll", "buffers", 12_345.0, "pages"));

  @Test
  void tableSaysWhatIsMetAndWhatIsNot() {
    assertThat(ReportTable.lines(RESULTS))
        .element(2)
        .asString()
        .matches("drain: relay +70.00 events/s +tool +100.0 events/s +0.70 +≥ 0.70 +met");
    assertThat(ReportTable.lines(RESULTS)).element(3).asString().endsWith("< 1 ms   NOT MET");
    assertThat(ReportTable.lines(RESULTS)).element(4).asString().endsWith("12,345 pages");
  }

  @Test
  void jsonHasTheSameNumbers() throws Exception {
    JsonNode report =
        new ObjectMapper()
            .readTree(ReportJson.of(RESULTS, new Scale(5, 0.5, 7), Instant.EPOCH))
            .path("results");

    assertThat(report.get(0).path("ratio").asDouble()).isEqualTo(0.7);
    assertThat(report.get(0).path("reference").path("value").asDouble()).isEqualTo(100.0);
    assertThat(report.get(0).path("met").asBoolean()).isTrue();
    assertThat(report.get(1).path("below").asDouble()).isEqualTo(1.0);
    assertThat(report.get(1).path("met").asBoolean()).isFalse();
    assertThat(report.get(2).has("met")).isFalse();
  }

  @Test
  void ratioIsTheMedianOfTheRoundsNotOfTheSides() {
    Compared sides = Compared.of(List.of(1.0, 20.0, 300.0), List.of(2.0, 25.0, 3_000.0));

    assertThat(sides).isEqualTo(new Compared(20, 25, 0.5));
  }

  @Test
  void percentileIsTheSmallestSampleThatTheShareDoesNotExceed() {
    List<Double> samples = List.of(4.0, 1.0, 3.0, 2.0);

    assertThat(Percentiles.of(samples, 0.5)).isEqualTo(2);
    assertThat(Percentiles.of(samples, 0.51)).isEqualTo(3);
    assertThat(Percentiles.of(samples, 1)).isEqualTo(4);
    assertThat(Percentiles.median(samples)).isEqualTo(2.5);
  }
}
