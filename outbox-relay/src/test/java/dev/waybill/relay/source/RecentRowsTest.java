package dev.waybill.relay.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows at each tenth seq, one a second, of which the last occurred now. */
@ExtendWith(SharedServer.class)
class RecentRowsTest {
  private static final int ROWS = 50_000;
  private static final long LAST = ROWS * 10L;

  private Instant filled = Instant.now();

  @BeforeEach
  void fill() throws SQLException {
    filled = Instant.now();
    SharedServer.execute(
        """
        INSERT INTO outbox_event (seq, slot, event_id, aggregate_type, aggregate_id,
                                  aggregate_version, event_type, occurred_at)
        OVERRIDING SYSTEM VALUE
        SELECT i * 10, i %% 4, gen_random_uuid(), 'thing', 'a' || i, 1, 'Happened',
               now() - make_interval(secs => %s - i)
        FROM generate_series(1, %s) AS i
        """
            .formatted(ROWS, ROWS));
  }

  @Test
  void findsTheFirstYoungRow() throws Exception {
    assertThat(firstSeq(Duration.ofSeconds(1_000))).isBetween(LAST - 10_100, LAST - 9_990);
    assertThat(firstSeq(Duration.ofDays(30))).isEqualTo(10);
    assertThat(firstSeq(Duration.ofSeconds(-30))).isNull();
  }

  @Test
  void startsEarlierWhereAYoungRowLiesBefore() throws Exception {
    SharedServer.execute("UPDATE outbox_event SET occurred_at = now() WHERE seq = 20000");

    assertThat(firstSeq(Duration.ofSeconds(1_000))).isEqualTo(20_000);
  }

  @Test
  void rowsWithOldTimesAmongTheYoungOnesDoNotHideThem() throws Exception {
    SharedServer.execute(
        """
        UPDATE outbox_event SET occurred_at = '-infinity' WHERE seq BETWEEN 300000 AND 480000
        """);

    assertThat(firstSeq(Duration.ofMinutes(500))).isBetween(199_900L, 200_010L);
  }

  @Test
  void timesOfTheFutureTellNothing() throws Exception {
    SharedServer.execute("UPDATE outbox_event SET occurred_at = 'infinity' WHERE seq <= 40000");
    SharedServer.execute("UPDATE outbox_event SET occurred_at = '9999-01-01' WHERE seq <= 20000");

    assertThat(firstSeq(Duration.ofSeconds(1_000))).isGreaterThan(400_000L);
  }

  private @Nullable Long firstSeq(Duration ago) throws SQLException {
    Instant now = filled;
    try (Connection connection = SharedServer.outbox().connect().connection()) {
      return new RecentRows(connection, now.minus(ago), now.plus(Duration.ofDays(1)))
          .firstSeq(10, LAST);
    }
  }
}
