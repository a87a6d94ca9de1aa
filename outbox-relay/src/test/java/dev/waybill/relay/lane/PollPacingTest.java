package dev.waybill.relay.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PollPacingTest {
  private static final long MS = 1_000_000;

  private final PollPacing pacing = new PollPacing(Duration.ofMillis(20), 0);

  @Test
  void waitsAQuarterOfTheTimeSinceThereWasWork() {
    pacing.worked(100 * MS);

    assertThat(pacing.pauseNanos(140 * MS)).isEqualTo(10 * MS);
  }

  @Test
  void waitsHalfAMillisecondAtLeastAndTheBoundAtMost() {
    pacing.worked(100 * MS);

    assertThat(pacing.pauseNanos(100 * MS)).isEqualTo(MS / 2);
    assertThat(pacing.pauseNanos(900 * MS)).isEqualTo(20 * MS);
  }

  @Test
  void boundBelowTheLeastIsKept() {
    assertThat(new PollPacing(Duration.ofNanos(1_000), 0).pauseNanos(5 * MS)).isEqualTo(1_000);
  }
}
