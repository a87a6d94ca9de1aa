package dev.waybill.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MeterTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void sessionsThatBeganBetweenTwoReadingsCountAndThoseThatEndedDoNot() {
    Meter.Reading before =
        new Meter.Reading(0, SECOND, 2 * SECOND, Map.of(1L, SECOND, 2L, 5 * SECOND), 10);
    Meter.Reading after =
        new Meter.Reading(
            4 * SECOND, 2 * SECOND, 5 * SECOND, Map.of(1L, 2 * SECOND, 3L, SECOND / 2), 110);

    Use use = before.until(after);

    assertThat(use).isEqualTo(new Use(4, 1, 3, 1.5, 100));
    assertThat(use.ofCore(use.mover())).isEqualTo(25);
    assertThat(use.commitsPerSecond()).isEqualTo(25);
  }

  @Test
  void whatAnotherProcessUsedIsReadFromItsLine() {
    Use use = new Use(4, 1.25, 3, 1.5, 100);

    assertThat(Use.parse(use.line())).isEqualTo(use);
  }

  @Test
  void medianIsTakenOfEachNumber() {
    List<Use> rounds =
        List.of(new Use(1, 9, 1, 1, 1), new Use(2, 2, 9, 2, 2), new Use(3, 3, 3, 3, 9));

    assertThat(Use.median(rounds)).isEqualTo(new Use(2, 3, 3, 2, 2));
  }

  @Test
  void thisProcessHasUsedSomething() {
    long self = ProcessHandle.current().pid();
    Meter meter = new Meter(self, self, self, () -> 7);

    Meter.Reading reading = meter.read();

    assertThat(reading.mover()).isPositive();
    assertThat(reading.postgres()).containsKey(self);
    assertThat(reading.commits()).isEqualTo(7);
  }

  @Test
  void commitsOfAllLanesAreCounted() {
    String metrics =
        """
        # TYPE waybill_relay_commit_seconds histogram
        waybill_relay_commit_seconds_bucket{lane="0",le="0.001"} 3
        waybill_relay_commit_seconds_count{lane="0"} 12
        waybill_relay_commit_seconds_sum{lane="0"} 0.5
        waybill_relay_commit_seconds_count{lane="1"} 30.0
        waybill_relay_page_read_seconds_count{lane="1"} 99
        """;

    assertThat(RelayProcess.commits(metrics)).isEqualTo(42);
  }
}
