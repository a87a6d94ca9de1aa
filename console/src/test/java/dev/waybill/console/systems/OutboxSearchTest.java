package dev.waybill.console.systems;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Rows are found without an index for it, in a table of the columns that are asked for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OutboxSearchTest {
  private static final Instant BEGIN = Instant.parse("2026-11-28T07:00:00Z");
  private static final int ROWS = 60_000;
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private EmbeddedPostgres postgres;
  private Connection connection;

  @BeforeAll
  void fill() throws Exception {
    postgres = EmbeddedPostgres.builder().start();
    connection = postgres.getPostgresDatabase().getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE outbox_event (
            seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, slot smallint NOT NULL,
            xid xid8 NOT NULL DEFAULT pg_current_xact_id(), event_id uuid NOT NULL,
            aggregate_type text NOT NULL, aggregate_id text NOT NULL, aggregate_version bigint NOT NULL,
            event_type text NOT NULL, payload bytea, headers jsonb NOT NULL, occurred_at timestamptz NOT NULL)
          """);
    }
    String insert =
        """
        INSERT INTO outbox_event (slot, event_id, aggregate_type, aggregate_id, aggregate_version,
                                  event_type, payload, headers, occurred_at)
        VALUES (1, ?, 'order', ?, 1, 'PLACED', '', ?::jsonb, ?::timestamptz)
        """;
    connection.setAutoCommit(false);
    try (PreparedStatement row = connection.prepareStatement(insert)) {
      for (int i = 0; i < ROWS; i++) {
        row.setObject(1, id(i));
        row.setString(2, "order-" + i);
        row.setString(
            3,
            i == ROWS - 5 ? "{\"traceparent\": \"00-" + TRACE + "-00f067aa0ba902b7-01\"}" : "{}");
        row.setString(4, time(i).toString());
        row.addBatch();
      }
      row.executeBatch();
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  @AfterAll
  void close() throws Exception {
    connection.close();
    postgres.close();
  }

  /** Ten a second; every other one is some milliseconds late, as concurrent writers make them. */
  private static Instant time(int number) {
    return BEGIN.plusMillis(100L * number + (number % 2 == 0 ? 150 : 0));
  }

  private static UUID id(int number) {
    long millis = time(number).toEpochMilli();
    return new UUID(millis << 16 | 0x7000, 0x8000_0000_0000_0000L | number);
  }

  @Test
  void eachEventIsFoundByItsId() throws SQLException {
    OutboxSearch search = new OutboxSearch(connection);
    for (int number : new int[] {0, 1, 17, 29_999, 30_000, ROWS - 2, ROWS - 1}) {
      assertThat(search.event(id(number)))
          .as("event %s", number)
          .map(OutboxEvent::aggregateId)
          .contains("order-" + number);
    }
  }

  @Test
  void whatNeverWasIsNotFound() throws SQLException {
    OutboxSearch search = new OutboxSearch(connection);

    assertThat(search.event(UUID.randomUUID())).isEmpty();
    assertThat(search.event(new UUID(id(5).getMostSignificantBits(), 1))).isEmpty();
    assertThat(search.event(new UUID(0x7000, Long.MIN_VALUE))).as("of 1970").isEmpty();
  }

  @Test
  void anIdWithoutATimeIsLookedForAmongTheLastOnly() throws SQLException {
    assertThat(new OutboxSearch(connection).aggregate("order-" + (ROWS - 1), List.of())).hasSize(1);
    assertThat(new OutboxSearch(connection).aggregate("order-10", List.of())).isEmpty();
    assertThat(new OutboxSearch(connection).aggregate("order-10", List.of(time(10)))).hasSize(1);
  }

  @Test
  void tracesAreFoundAmongTheLast() throws SQLException {
    assertThat(new OutboxSearch(connection).trace(TRACE))
        .singleElement()
        .satisfies(row -> assertThat(row.aggregateId()).isEqualTo("order-" + (ROWS - 5)));
  }

  @Test
  void aMinuteHasAllEventsOfItsIdsAndNoOthers() throws SQLException {
    List<OutboxEvent> found = new ArrayList<>();
    Instant from = BEGIN.plusSeconds(600);
    boolean all =
        new OutboxSearch(connection)
            .between(from, from.plusSeconds(60), Duration.ofSeconds(10), 100_000, found::add);

    assertThat(all).isTrue();
    assertThat(found).hasSize(600);
    assertThat(found).allMatch(row -> !row.idTime().isBefore(from));
    assertThat(
            new OutboxSearch(connection)
                .between(BEGIN, from.plusSeconds(5_000), Duration.ZERO, 100, row -> {}))
        .as("there would be more")
        .isFalse();
  }

  @Test
  void anEmptyTableHasNothing() throws Exception {
    try (EmbeddedPostgres empty = EmbeddedPostgres.builder().start();
        Connection other = empty.getPostgresDatabase().getConnection();
        Statement statement = other.createStatement()) {
      statement.execute("CREATE TABLE outbox_event (seq bigint)");
      OutboxSearch search = new OutboxSearch(other);
      assertThat(search.isEmpty()).isTrue();
      assertThat(search.begin()).isEmpty();
    }
  }
}
