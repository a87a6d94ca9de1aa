package dev.waybill.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each measurement works, at a size at which its numbers mean nothing. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class MeasurementsTest {
  private static final Scale SMALLEST = new Scale(600, 0.02, 30_000);

  @TempDir Path folder;

  @Test
  void everyMeasurementFindsNumbersAndLeavesNoDatabase() throws Exception {
    List<Result> results = new ArrayList<>();
    Progress progress = new Progress(new PrintWriter(System.err, true, UTF_8));
    try (Stage stage = Stage.open(folder.resolve("bench"), SMALLEST, progress, false)) {
      for (Measurement measurement : BenchCommand.MEASUREMENTS.values()) {
        results.addAll(measurement.run(stage));
      }
      assertThat(stage.databases()).containsExactly("postgres");
    }

    assertThat(results)
        .extracting(Result::measurement)
        .containsAll(BenchCommand.MEASUREMENTS.keySet());
    assertThat(results).extracting(Result::value).allMatch(Double::isFinite);
    assertThat(results).filteredOn(one -> one.reference() != null).hasSizeGreaterThan(8);
    assertThat(results)
        .filteredOn(one -> one.reference() != null)
        .extracting(Result::ratio)
        .allMatch(Double::isFinite);
  }
}
