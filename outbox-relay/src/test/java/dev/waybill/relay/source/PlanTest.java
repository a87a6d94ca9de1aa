package dev.waybill.relay.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the statements cost with 100,000 rows, whatever the planner believes about the table. */
@ExtendWith(SharedServer.class)
class PlanTest {
  private static final int ROWS = 100_000;
  private static final Pattern BUFFERS =
      Pattern.compile("Buffers: shared hit=(\\d+)(?: read=(\\d+))?");

  /** When the table was last analysed. */
  enum Statistics {
    NEVER,
    WHEN_EMPTY,
    WITH_ONE_SLOT,
    NOW
  }

  @BeforeEach
  void withoutAutovacuum() throws SQLException {
    SharedServer.execute("ALTER TABLE outbox_event SET (autovacuum_enabled = false)");
  }

  @AfterEach
  void withAutovacuum() throws SQLException {
    SharedServer.execute("ALTER TABLE outbox_event RESET (autovacuum_enabled)");
  }

  @ParameterizedTest
  @EnumSource
  void everyStatementReadsTheIndexMeantForItWhateverTheStatistics(Statistics statistics)
      throws Exception {
    fill(statistics);
    String now = SharedServer.value("SELECT pg_current_snapshot()::text");
    String xmax = xmax();

    readsOnly(
        "outbox_event_xid_slot",
        explain(
            OutboxSql.FRESH,
            0,
            64,
            0L,
            "{777777}",
            0,
            64,
            0L,
            xmax,
            5_001,
            5_000,
            1L << 23,
            1 << 20));
    readsOnly(
        "outbox_event_xid_slot",
        explain(OutboxSql.STRETCH, 0, 64, xmax, "9223372036854775807", now, 0L, 1_000_000));
    readsOnly(
        "outbox_event_xid_slot",
        explain(OutboxSql.LATE_SEQS, 0, 64, "{777777}", 0L, 1L << 40, now, 0L, 5_000));
    readsOnly("outbox_event_pkey", explain(OutboxSql.OF_SEQS, 1_000, 1 << 20, "{1,2,3}"));
    String dense =
        explain(
            OutboxSql.DENSE,
            1_000,
            1 << 20,
            0,
            64,
            50_000L,
            100_000L,
            "{}",
            "1",
            now,
            false,
            0L,
            false,
            0L,
            100);
    readsOnly("outbox_event_pkey", dense);
    assertThat(dense).doesNotContain("Sort");
  }

  private static void readsOnly(String index, String plan) {
    String other =
        index.equals("outbox_event_pkey") ? "outbox_event_xid_slot" : "outbox_event_pkey";
    assertThat(plan).contains("using " + index);
    assertThat(plan).doesNotContain("Seq Scan on outbox_event", "using " + other);
    assertThat(buffers(plan)).as(plan).isLessThan(50);
  }

  @Test
  void rowsOfATransactionInProgressCostNothingHoweverManyThereAre() throws Exception {
    try (Writer bulk = Writer.begin();
        LaneUnderTest lane = LaneUnderTest.withLargePages()) {
      lane.drain();
      bulk.execute(insert("0", ROWS));
      assertThat(buffersOfAPoll("{}")).as("nobody has ended since it began").isLessThan(30);

      Writer.committed("a", 1);
      assertThat(lane.drain()).containsExactly("a:1");

      String number = bulk.value("SELECT pg_current_xact_id()::text");
      assertThat(buffersOfAPoll("{" + number + "}")).as("the cursor names it").isLessThan(30);
    }
  }

  private static long buffersOfAPoll(String inProgress) throws SQLException {
    return buffers(
        explain(
            OutboxSql.FRESH,
            0,
            64,
            0L,
            inProgress,
            0,
            64,
            0L,
            xmax(),
            5_001,
            5_000,
            1L << 23,
            1 << 20));
  }

  private static String xmax() throws SQLException {
    return SharedServer.value("SELECT pg_snapshot_xmax(pg_current_snapshot())::text");
  }

  private static void fill(Statistics statistics) throws SQLException {
    if (statistics == Statistics.WHEN_EMPTY) {
      SharedServer.execute("ANALYZE outbox_event");
    }
    SharedServer.execute(insert("0", 1_000));
    if (statistics == Statistics.WITH_ONE_SLOT) {
      SharedServer.execute("ANALYZE outbox_event");
    }
    SharedServer.execute(insert("i % 256", ROWS));
    if (statistics == Statistics.NOW) {
      SharedServer.execute("ANALYZE outbox_event");
    }
  }

  private static String insert(String slot, int rows) {
    return """
    INSERT INTO outbox_event (slot, event_id, aggregate_type, aggregate_id, aggregate_version,
                              event_type, schema_id, payload)
    SELECT %s, gen_random_uuid(), 'thing', 'a' || i, 1, 'Happened', 1, '\\x00'
    FROM generate_series(1, %s) AS i
    """
        .formatted(slot, rows);
  }

  /** The plan that the relay's sessions use for every execution, and what this one read. */
  private static String explain(String sql, Object... parameters) throws SQLException {
    String values =
        Arrays.stream(parameters)
            .map(value -> value instanceof String text ? "'" + text + "'" : String.valueOf(value))
            .collect(Collectors.joining(", "));
    try (Connection connection = SharedServer.outbox().connect().connection();
        Statement statement = connection.createStatement()) {
      statement.execute("PREPARE statement AS " + numbered(sql));
      statement.execute("EXECUTE statement(" + values + ")");
      try (ResultSet row =
          statement.executeQuery(
              "EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) EXECUTE statement(" + values + ")")) {
        StringBuilder plan = new StringBuilder();
        while (row.next()) {
          plan.append(row.getString(1)).append('\n');
        }
        return plan.toString();
      }
    }
  }

  private static String numbered(String sql) {
    StringBuilder numbered = new StringBuilder();
    int number = 0;
    for (String part : sql.split("\\?", -1)) {
      numbered.append(number == 0 ? "" : "$" + number).append(part);
      number++;
    }
    return numbered.toString();
  }

  /** Of the first line that tells, which is the whole statement's. */
  private static long buffers(String plan) {
    Matcher matcher = BUFFERS.matcher(plan);
    if (!matcher.find()) {
      return 0;
    }
    return Long.parseLong(matcher.group(1))
        + (matcher.group(2) == null ? 0 : Long.parseLong(matcher.group(2)));
  }
}
