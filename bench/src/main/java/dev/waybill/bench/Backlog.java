package dev.waybill.bench;

import dev.waybill.outbox.Outbox;
import dev.waybill.outbox.OutboxSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * Rows that nobody has published, as many small transactions leave them: each of one or two rows,
 * of two clients at once, with {@link #PAYLOAD_BYTES} of payload that no compression makes smaller.
 * Written by a loop in the database, without waiting for the disk: only reading is measured.
 */
final class Backlog {
  static final int PAYLOAD_BYTES = 250;
  static final Schema SCHEMA =
      SchemaBuilder.record("dev.waybill.bench.Parcel")
          .fields()
          .requiredBytes("content")
          .endRecord();

  private static final int CLIENTS = 2;

  private static final String LOOP =
      """
      CREATE PROCEDURE fill(from_event int, to_event int)
      LANGUAGE plpgsql AS $$
      DECLARE
        random bytea := (SELECT string_agg(sha512(int4send(n)), NULL) FROM generate_series(1, 15625) n);
        id text;
      BEGIN
        SET synchronous_commit = off;
        FOR event IN from_event .. to_event - 1 LOOP
          id := md5(event::text)::uuid::text;
          INSERT INTO outbox_event (slot, event_id, aggregate_type, aggregate_id, aggregate_version,
                                    event_type, schema_id, payload)
          VALUES (crc32c(convert_to(id, 'UTF8')) % 256, uuidv7(), 'parcel', id, 1,
                  'ParcelAccepted', 1, substring(random FROM (1 + event::bigint * 7919 % 999750)::int FOR 250));
          IF event % 3 <> 1 THEN
            COMMIT;
          END IF;
        END LOOP;
      END $$
      """;

  private Backlog() {}

  /** Fills an empty outbox; blocks. */
  static void fill(DataSource database, int rows) throws Exception {
    Outbox.open(
        DSL.using(database, SQLDialect.POSTGRES), OutboxSettings.defaults(), List.of(SCHEMA));
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(LOOP);
    }
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        int from = (int) ((long) rows * client / CLIENTS);
        int to = (int) ((long) rows * (client + 1) / CLIENTS);
        running.add(clients.submit(() -> call(database, from, to)));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } finally {
      clients.shutdownNow();
    }
  }

  private static Void call(DataSource database, int from, int to) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement fill = connection.prepareStatement("CALL fill(?, ?)")) {
      fill.setInt(1, from);
      fill.setInt(2, to);
      fill.execute();
      return null;
    }
  }
}
