package dev.waybill.relay.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.relay.cursor.UnreadableCursorException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.junit.jupiter.api.Test;

class RetryPauseTest {
  private static final LaneFailure AWAY = LaneFailure.of(new SQLException("away"));

  private final RetryPause pause = new RetryPause();

  @Test
  void doublesFromATenthOfASecondToFive() {
    assertThat(Stream.generate(() -> pause.next(AWAY).toMillis()).limit(8))
        .containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 5_000L, 5_000L);
  }

  @Test
  void beginsAnewAfterProgress() {
    pause.next(AWAY);
    pause.next(AWAY);
    pause.reset();

    assertThat(pause.next(AWAY)).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void leavesASecondToWhoeverFencedIt() {
    LaneFailure failure = LaneFailure.of(new ProducerFencedException("another"));

    assertThat(pause.next(failure)).isEqualTo(Duration.ofSeconds(1));
    assertThat(pause.next(failure)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void waitsTenSecondsForAPerson() {
    LaneFailure failure = LaneFailure.of(new UnreadableCursorException("newer", null));

    assertThat(pause.next(failure)).isEqualTo(Duration.ofSeconds(10));
    assertThat(pause.next(failure)).isEqualTo(Duration.ofSeconds(10));
  }
}
