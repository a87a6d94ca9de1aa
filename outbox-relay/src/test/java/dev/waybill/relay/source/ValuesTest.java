package dev.waybill.relay.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.waybill.relay.cursor.Slots;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the table's columns can hold, by whoever wrote it. */
@ExtendWith(SharedServer.class)
class ValuesTest {
  private static final int LARGEST_ROW = 1 << 20;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-infinity",
        "infinity",
        "4713-01-01 00:00:00+00 BC",
        "0044-03-15 12:00:00+00 BC",
        "294276-12-31 23:59:59.999999+00",
        "10000-01-01 00:00:00+00"
      })
  void rowWithATimeThatNobodyCanUseIsReadWithoutIt(String time) throws Exception {
    insert("occurred_at", "'" + time + "'", "odd");
    Writer.committed("a", 1);

    assertThat(drained())
        .extracting(row -> new String(row.aggregateId(), UTF_8), OutboxRow::occurredAt)
        .first()
        .isEqualTo(tuple("odd", null));
    assertThat(drained()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "0001-01-01 00:00:00+00, 0001-01-01T00:00:00Z",
    "9999-12-31 23:59:59.999999+00, 9999-12-31T23:59:59.999999Z",
    "1883-11-18 12:03:57.5+00, 1883-11-18T12:03:57.500Z"
  })
  void everyOtherTimeIsKept(String time, String instant) throws Exception {
    insert("occurred_at", "'" + time + "'", "a");

    assertThat(drained())
        .singleElement()
        .satisfies(row -> assertThat(row.occurredAt()).hasToString(instant));
  }

  @Test
  void rowTooLargeForKafkaIsNamedAndNotRead() throws Exception {
    insert("payload", "convert_to(repeat('x', 3000000), 'UTF8')", "payload");
    insert("aggregate_id", "repeat('k', 2000000)", "ignored");
    insert("event_type", "repeat('t', 2000000)", "type");
    insert("headers", "jsonb_build_object('h', repeat('h', 2000000))", "headers");
    Writer.committed("a", 1);

    for (int rowsOfAPage : new int[] {1, 2, 1_000}) {
      List<OutboxRow> rows = drained(new PageLimits(rowsOfAPage, 1 << 20, LARGEST_ROW));
      assertThat(rows).hasSize(5);
      assertThat(rows.subList(0, 4))
          .allSatisfy(
              row -> {
                assertThat(row.flaw())
                    .matches(".*(no record of more than 1|more than 1,024 bytes).*");
                assertThat(row.payload()).isNullOrEmpty();
                assertThat(row.aggregateId().length + row.eventType().length()).isLessThan(400);
              });
      assertThat(rows.get(4).flaw()).isNull();
    }
  }

  @Test
  void largeRowAloneIsNotReadEither() throws Exception {
    try (LaneUnderTest lane =
        new LaneUnderTest(
            SharedServer.outbox(), Slots.ALL, new PageLimits(1_000, 1 << 20, LARGEST_ROW))) {
      lane.drain();
      insert("payload", "convert_to(repeat('x', 3000000), 'UTF8')", "large");

      assertThat(lane.page()).containsExactly("large:1");
      assertThat(lane.lastPage().rows().get(0).payload()).isNull();
      assertThat(lane.lastPage().rows().get(0).flaw()).isNotNull();
    }
  }

  @Test
  void keysAndHeadersCountForAPageToo() throws Exception {
    for (int i = 0; i < 4; i++) {
      insert("headers", "jsonb_build_object('h', repeat('h', 400000))", "h" + i);
    }
    try (LaneUnderTest lane =
        new LaneUnderTest(
            SharedServer.outbox(), Slots.ALL, new PageLimits(10, 1_000_000, LARGEST_ROW))) {
      assertThat(lane.page()).containsExactly("h0:1", "h1:1");
      assertThat(lane.page()).containsExactly("h2:1", "h3:1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'[1, 2]'",
        "'null'",
        "'\"text\"'",
        "'{\"a\": {\"b\": [null, 1e400]}, \"ce_id\": \"forged\", \"\": \"\"}'",
        "jsonb_build_object('n', repeat('9', 100000)::numeric)",
        "(repeat('[', 3000) || repeat(']', 3000))::jsonb"
      })
  void headersOfAnyShapeAreRead(String headers) throws Exception {
    insert("headers", headers, "a");

    assertThat(drained())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.flaw()).isNull();
              assertThat(row.headers())
                  .isEqualTo(SharedServer.value("SELECT headers::text FROM outbox_event"));
            });
  }

  @Test
  void numbersAtTheirLimitsAreRead() throws Exception {
    insert("aggregate_version", "9223372036854775807", "version");
    insert("schema_id", "-2147483648", "schema");
    insert("schema_id", "2147483647", "schema");

    assertThat(drained())
        .extracting(OutboxRow::aggregateVersion, OutboxRow::schemaId)
        .containsExactly(
            tuple(Long.MAX_VALUE, 1), tuple(1L, Integer.MIN_VALUE), tuple(1L, Integer.MAX_VALUE));
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE + 1, -5, 0, Long.MAX_VALUE})
  void seqOfAnyNumberIsRead(long seq) throws Exception {
    try (LaneUnderTest lane = LaneUnderTest.of(2, 1 << 20)) {
      Writer.committed("a", 1);
      lane.drain();
      insertAt(seq, "odd");
      Writer.committed("a", 2);
      Writer.committed("a", 3);

      assertThat(lane.drain()).containsExactlyInAnyOrder("odd:1", "a:2", "a:3");
      assertThat(lane.restartFrom(null).drain())
          .containsExactlyInAnyOrder("odd:1", "a:1", "a:2", "a:3");
    }
  }

  @Test
  void wideGapInSeqIsNotWalkedThrough() throws Exception {
    Writer.committed("a", 1);
    insertAt(9_000_000_000_000_000_000L, "far");

    try (LaneUnderTest lane = LaneUnderTest.of(1, 1 << 20)) {
      assertThat(lane.drain()).containsExactly("a:1", "far:1");
    }
  }

  private static List<OutboxRow> drained() throws SQLException {
    return drained(new PageLimits(1_000, 1 << 20, LARGEST_ROW));
  }

  @Test
  void textsOfAnotherEncodingBecomeUtf8() throws Exception {
    try (LaneUnderTest lane = laneOfADatabaseIn("LATIN1")) {
      assertThat(lane.rows())
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.aggregateId()).isEqualTo("ü".getBytes(UTF_8));
                assertThat(row.eventType()).isEqualTo("ä");
                assertThat(row.headers()).contains("ö");
              });
    }
  }

  @Test
  void textThatIsNoUtf8IsSaid() throws Exception {
    try (LaneUnderTest lane = laneOfADatabaseIn("SQL_ASCII")) {
      assertThatThrownBy(lane::rows)
          .isInstanceOf(OutboxUnreadableException.class)
          .hasMessageContaining("no UTF-8");
    }
  }

  /** With one row, whose texts are umlauts in LATIN1. */
  private static LaneUnderTest laneOfADatabaseIn(String encoding) throws SQLException {
    String name = "encoded_" + encoding.toLowerCase(Locale.ROOT);
    SharedServer.execute("DROP DATABASE IF EXISTS " + name);
    SharedServer.execute(
        "CREATE DATABASE %s ENCODING '%s' LOCALE 'C' TEMPLATE template0".formatted(name, encoding));
    try (Connection connection = SharedServer.migrated(name).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO outbox_event (slot, event_id, aggregate_type, aggregate_id,
                                    aggregate_version, event_type, headers)
          VALUES (0, gen_random_uuid(), 'thing', chr(252), 1, chr(228),
                  jsonb_build_object('h', chr(246)))
          """);
    }
    return new LaneUnderTest(SharedServer.outboxIn(name), Slots.ALL, new PageLimits(10, 1 << 20));
  }

  /** All that a lane without a cursor reads. */
  private static List<OutboxRow> drained(PageLimits limits) throws SQLException {
    try (LaneUnderTest lane = new LaneUnderTest(SharedServer.outbox(), Slots.ALL, limits)) {
      return lane.rows();
    }
  }

  /** A row of slot 0 of which one column has what an expression says. */
  private static void insert(String column, String expression, String aggregate)
      throws SQLException {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("slot", "0");
    columns.put("event_id", "gen_random_uuid()");
    columns.put("aggregate_type", "'thing'");
    columns.put("aggregate_id", "'" + aggregate + "'");
    columns.put("aggregate_version", "1");
    columns.put("event_type", "'Happened'");
    columns.put("schema_id", "1");
    columns.put("payload", "''");
    columns.put(column, expression);
    SharedServer.execute(
        "INSERT INTO outbox_event (%s) VALUES (%s)"
            .formatted(String.join(", ", columns.keySet()), String.join(", ", columns.values())));
  }

  private static void insertAt(long seq, String aggregate) throws SQLException {
    SharedServer.execute(
        """
        INSERT INTO outbox_event (seq, slot, event_id, aggregate_type, aggregate_id,
                                  aggregate_version, event_type)
        OVERRIDING SYSTEM VALUE
        VALUES (%s, 0, gen_random_uuid(), 'thing', '%s', 1, 'Happened')
        """
            .formatted(seq, aggregate));
  }
}
