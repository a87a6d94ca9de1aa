package dev.waybill.relay.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.relay.cursor.Slots;
import dev.waybill.relay.cursor.Snapshot;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever would have a SELECT return less than all rows, and no error. */
@ExtendWith(SharedServer.class)
class IncompleteOutboxTest {
  private static final PageLimits LIMITS = new PageLimits(1_000, 1 << 20);

  private final List<String> undo = new ArrayList<>();

  @BeforeEach
  void role() throws SQLException {
    change("CREATE ROLE modest LOGIN", "DROP ROLE modest");
    change("GRANT SELECT ON outbox_event, outbox_schema TO modest", "DROP OWNED BY modest");
  }

  @AfterEach
  void undo() throws SQLException {
    for (int i = undo.size() - 1; i >= 0; i--) {
      SharedServer.execute(undo.get(i));
    }
  }

  @Test
  void rowLevelSecurityIsAnErrorAndLosesNothing() throws Exception {
    Writer.committed("a", 1);
    try (LaneUnderTest lane = lane()) {
      assertThat(lane.drain()).containsExactly("a:1");
      change(
          "ALTER TABLE outbox_event ENABLE ROW LEVEL SECURITY",
          "ALTER TABLE outbox_event DISABLE ROW LEVEL SECURITY");
      Writer.committed("b", 1);
      assertRefused(lane)
          .hasMessageContaining("BYPASSRLS")
          .hasStackTraceContaining("row-level security");
      assertRefused(lane.restart()).hasMessageContaining("BYPASSRLS");

      SharedServer.execute("ALTER TABLE outbox_event DISABLE ROW LEVEL SECURITY");

      assertThat(lane.restart().drain()).containsExactly("b:1");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "row_security = on",
        "search_path = other",
        "default_transaction_isolation = 'read committed'",
        "enable_indexscan = off",
        "default_transaction_deferrable = on",
        "bytea_output = 'escape'",
        "DateStyle = 'German, DMY'",
        "TimeZone = 'Asia/Kathmandu'"
      })
  void settingsOfTheRoleChangeNothing(String setting) throws Exception {
    change("ALTER ROLE modest SET " + setting, "ALTER ROLE modest RESET ALL");
    change(
        "ALTER TABLE outbox_event ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE outbox_event DISABLE ROW LEVEL SECURITY");
    try (LaneUnderTest lane = lane()) {
      assertRefused(lane);
      SharedServer.execute("ALTER TABLE outbox_event DISABLE ROW LEVEL SECURITY");
      Writer.committed("ı\\", 1);

      assertThat(lane.restart().drain()).containsExactly("ı\\:1");
    }
  }

  @Test
  void tableOfAnotherSchemaDoesNotGoBeforeOurs() throws Exception {
    Writer.committed("a", 1);
    try (LaneUnderTest lane = lane()) {
      lane.drain();
      change("CREATE SCHEMA modest AUTHORIZATION modest", "DROP SCHEMA IF EXISTS modest CASCADE");
      SharedServer.execute("CREATE TABLE modest.outbox_event (LIKE outbox_event INCLUDING ALL)");
      Writer.committed("b", 1);

      assertThatThrownBy(lane::restart)
          .isInstanceOf(OutboxUnreadableException.class)
          .hasMessageContaining("schemas modest, public; say which in OUTBOX_SCHEMA");
    }
    try (LaneUnderTest lane =
        new LaneUnderTest(SharedServer.outbox("modest", "public"), Slots.ALL, LIMITS)) {
      assertThat(lane.drain()).containsExactly("a:1", "b:1");
    }
  }

  @Test
  void viewOfTheNameInAnotherSchemaIsNotMeant() throws Exception {
    change("CREATE SCHEMA modest AUTHORIZATION modest", "DROP SCHEMA IF EXISTS modest CASCADE");
    SharedServer.execute(
        "CREATE VIEW modest.outbox_event AS SELECT * FROM public.outbox_event WHERE seq < 0");
    Writer.committed("a", 1);

    try (LaneUnderTest lane = lane()) {
      assertThat(lane.drain()).containsExactly("a:1");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CREATE VIEW outbox_event AS SELECT * FROM away WHERE seq > 0 | is no table",
        "CREATE MATERIALIZED VIEW outbox_event AS SELECT * FROM away | is no table",
        "CREATE UNLOGGED TABLE outbox_event (LIKE away INCLUDING ALL) | is unlogged",
        "CREATE TABLE outbox_event AS SELECT * FROM away | allows NULL in seq, slot, xid",
        "SELECT | no table outbox_event in this database"
      })
  void whatIsNoCompleteTableIsRefused(String instead, String reason) throws Exception {
    change("ALTER TABLE outbox_event RENAME TO away", "ALTER TABLE away RENAME TO outbox_event");
    String kind =
        instead.contains("MATERIALIZED")
            ? "MATERIALIZED VIEW"
            : instead.contains("VIEW") ? "VIEW" : "TABLE";
    change(instead, "DROP " + kind + " IF EXISTS outbox_event");

    assertThatThrownBy(IncompleteOutboxTest::lane)
        .isInstanceOf(OutboxUnreadableException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void rightsOnSomeColumnsAreNotEnough() throws Exception {
    SharedServer.execute("REVOKE SELECT ON outbox_event FROM modest");
    SharedServer.execute("GRANT SELECT (seq, slot, xid, event_id) ON outbox_event TO modest");
    Writer.committed("a", 1);

    try (LaneUnderTest lane = lane()) {
      assertRefused(lane).hasStackTraceContaining("permission denied");
    }
  }

  @Test
  void readsThatGoToTwoSessionsAreRefused() throws Exception {
    OutboxDatabase.Session one = SharedServer.outbox().connect();
    OutboxDatabase.Session two = SharedServer.outbox().connect();
    try (Connection first = one.connection();
        Connection second = two.connection()) {
      Iterator<Connection> turns = List.of(first, second).iterator();
      Connection pooled =
          (Connection)
              Proxy.newProxyInstance(
                  getClass().getClassLoader(),
                  new Class<?>[] {Connection.class},
                  (proxy, method, arguments) -> method.invoke(turns.next(), arguments));
      OutboxQueries queries =
          new OutboxQueries(new OutboxDatabase.Session(pooled, one.table()), Slots.ALL, LIMITS);
      queries.identity();

      assertThatThrownBy(() -> queries.fresh(Snapshot.NOTHING, 0))
          .isInstanceOf(OutboxUnreadableException.class)
          .hasMessageContaining("session mode");
    }
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(LaneUnderTest lane) {
    return assertThatThrownBy(lane::page).isInstanceOf(OutboxUnreadableException.class);
  }

  private static LaneUnderTest lane() throws SQLException {
    return new LaneUnderTest(SharedServer.outbox("modest"), Slots.ALL, LIMITS);
  }

  private void change(String sql, String back) throws SQLException {
    SharedServer.execute(sql);
    undo.add(back);
  }
}
