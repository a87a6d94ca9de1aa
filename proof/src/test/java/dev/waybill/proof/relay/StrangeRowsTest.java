package dev.waybill.proof.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.proof.servers.Servers;
import dev.waybill.relay.Relay;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows that no writer of Waybill's leaves, and rows that cannot be seen. */
@ExtendWith(Servers.class)
class StrangeRowsTest {
  private final RelayWorld world = new RelayWorld(1);

  @Test
  void everyRowIsPublishedWithoutWhatCannotBeSaid() throws Exception {
    try (Events events = world.events()) {
      events.append("a", 1).append("a", 2).append("a", 3).append("a", 4).commit();
      sql("UPDATE outbox_event SET occurred_at = '-infinity' WHERE aggregate_version = 1");
      sql("UPDATE outbox_event SET occurred_at = 'infinity' WHERE aggregate_version = 2");
      sql("UPDATE outbox_event SET headers = '[[1e1000]]' WHERE aggregate_version = 3");

      try (Relay relay = world.start()) {
        world.assertPublishedOnceInOrder(List.of("a"), 4);
        List<ConsumerRecord<byte[], byte[]>> records = world.records();
        assertThat(records.get(0).headers().lastHeader("ce_time")).isNull();
        assertThat(records.get(1).headers().lastHeader("ce_time")).isNull();
        assertThat(records.get(3).headers().lastHeader("ce_time")).isNotNull();
        assertThat(relay.httpPort()).isPositive();
      }
    }
  }

  @Test
  void rowWhoseSchemaIsMissingIsNamed() throws Exception {
    try (Events events = world.events();
        Relay relay = world.start()) {
      events.append("a", 1);
      events.commit();
      world.assertPublishedOnceInOrder(List.of("a"), 1);
      sql(
          "INSERT INTO outbox_event (slot, event_id, aggregate_type, aggregate_id,"
              + " aggregate_version, event_type, schema_id, payload)"
              + " SELECT 0, gen_random_uuid(), 'parcel', 'b', 1, 'Sent', 4711, '' FROM outbox_event");

      RelayWorld.awaitReadiness(
          relay,
          "event refused: event "
              + value("SELECT event_id FROM outbox_event WHERE schema_id = 4711"),
          "outbox_schema has no schema_id 4711");
    }
  }

  @Test
  void rowsThatRowLevelSecurityHidesStopTheLaneAndAreNotLost() throws Exception {
    String role = "reader_" + world.name().replaceAll("\\W", "_");
    try (Events events = world.events()) {
      sql("CREATE ROLE " + role + " LOGIN");
      sql("GRANT SELECT ON outbox_event, outbox_schema TO " + role);
      try (Relay relay = world.with("DATABASE_USER", role).start()) {
        events.append("a", 1).commit();
        world.assertPublishedOnceInOrder(List.of("a"), 1);
        sql("ALTER TABLE outbox_event ENABLE ROW LEVEL SECURITY");
        events.append("a", 2).commit();
        RelayWorld.awaitReadiness(relay, "outbox unreadable", "BYPASSRLS", "row-level security");

        sql("ALTER TABLE outbox_event DISABLE ROW LEVEL SECURITY");
        world.assertPublishedOnceInOrder(List.of("a"), 2);
      } finally {
        sql("DROP OWNED BY " + role);
        sql("DROP ROLE " + role);
      }
    }
  }

  private void sql(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String value(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private Connection connect() throws SQLException {
    String url = Objects.requireNonNull(world.environment().get("DATABASE_URL"));
    return DriverManager.getConnection(url, "postgres", "");
  }
}
