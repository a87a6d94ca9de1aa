package dev.waybill.bench;

import dev.waybill.relay.cursor.Snapshot;
import dev.waybill.relay.source.OutboxReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An outbox that is filled by the database itself, with rows that have no payload, in all slots.
 * Used by one thread.
 */
final class GrowingTable {
  private static final int TRANSACTION_ROWS = 10_000;
  private static final int CHUNK_ROWS = 100_000;
  private static final int LATE_ROWS = 1_000;

  private static final String ROWS =
      """
      INSERT INTO outbox_event (slot, event_id, aggregate_type, aggregate_id, aggregate_version,
                                event_type)
      SELECT n %% 256, gen_random_uuid(), 'parcel', n::text, 1, 'ParcelLost'
      FROM generate_series(1, %s) n
      """;

  /** Sessions tell what they have touched when they end. */
  private static final String OTHERS =
      """
      SELECT count(*) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND backend_type = 'client backend'
      """;

  private final Database database;
  private long rows;

  /**
   * @param database whose outbox is empty
   */
  GrowingTable(Database database) {
    this.database = database;
  }

  /** Of some reads of one kind: the median of their times, and the mean of the buffers touched. */
  record Cost(double millis, double buffers, int reads) {}

  /** Reads by a new session of the relay's reader; each one's time in milliseconds. */
  @FunctionalInterface
  interface Reads {
    List<Double> times(OutboxReader reader) throws SQLException;
  }

  /** A transaction that has written rows all over the table. */
  record Late(Connection connection) implements AutoCloseable {
    void commit() throws SQLException {
      connection.commit();
    }

    /** Rolls back what is not committed. */
    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  /** Grows in many transactions beside one that stays open and writes one row in a hundred. */
  Late growTo(long target) throws SQLException {
    Connection late = database.source().getConnection();
    late.setAutoCommit(false);
    while (rows < target) {
      int most = (int) Math.min(target - rows, CHUNK_ROWS);
      int lateRows = Math.max(1, (int) ((long) most * LATE_ROWS / CHUNK_ROWS));
      insert(late, lateRows);
      grow(most - lateRows);
    }
    try (Connection connection = database.source().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("ANALYZE outbox_event");
    }
    return new Late(late);
  }

  /** Grows by so many rows. */
  void grow(int more) throws SQLException {
    try (Connection connection = database.source().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SET synchronous_commit = off");
      for (int left = more; left > 0; left -= TRANSACTION_ROWS) {
        insert(connection, Math.min(left, TRANSACTION_ROWS));
      }
    }
  }

  private void insert(Connection connection, int more) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(ROWS.formatted(more));
      rows += more;
    }
  }

  /** What can be seen now. */
  Snapshot snapshot() throws SQLException {
    return Snapshot.parse(database.value("SELECT pg_current_snapshot()::text"));
  }

  Cost cost(Reads reads) throws SQLException, InterruptedException {
    long before = PollCost.buffers(database);
    List<Double> times;
    try (OutboxReader reader = PollCost.reader(database)) {
      times = reads.times(reader);
    }
    while (!database.value(OTHERS).equals("0")) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    double buffers = (double) (PollCost.buffers(database) - before) / times.size();
    return new Cost(Percentiles.median(times), buffers, times.size());
  }
}
