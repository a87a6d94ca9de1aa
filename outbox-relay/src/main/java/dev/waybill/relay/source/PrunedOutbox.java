package dev.waybill.relay.source;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.DatabaseIdentity;
import dev.waybill.relay.cursor.Landmark;
import dev.waybill.relay.cursor.Slots;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The outbox as a role sees it that may delete: one connection, each statement a transaction of its
 * own. As long as the connection lasts, the database cannot have been taken back to an earlier
 * state. Used by one thread; every method blocks on the database.
 */
public final class PrunedOutbox implements AutoCloseable {
  private static final Duration AHEAD = Duration.ofDays(1);

  private final Connection connection;
  private final OutboxQueries queries;
  private final DatabaseIdentity database;

  private PrunedOutbox(OutboxDatabase.Session session) throws SQLException {
    this.connection = session.connection();
    this.queries = new OutboxQueries(session, Slots.ALL, new PageLimits(1, 1));
    this.database = queries.identity();
    try (Statement statement = connection.createStatement()) {
      statement.execute(PruneSql.SESSION);
    }
  }

  /**
   * Connects.
   *
   * @throws SQLException when the database is away or refuses; nothing is left open
   * @throws StandbyException when the server is a hot standby; nothing is left open
   * @throws OutboxUnreadableException when the outbox cannot be read in full; nothing is left open
   */
  public static PrunedOutbox open(OutboxDatabase database) throws SQLException {
    OutboxDatabase.Session session = database.connect();
    try {
      return new PrunedOutbox(session);
    } catch (SQLException | RuntimeException failure) {
      session.connection().close();
      throw failure;
    }
  }

  /** Why the cursor says nothing of this database; empty when it does. */
  public Optional<String> contradicts(Cursor cursor) throws SQLException {
    Landmark landmark = cursor.landmark();
    History history = queries.history(database, landmark == null ? 0 : landmark.seq());
    return Optional.ofNullable(history.contradicts(cursor));
  }

  /**
   * The seq below which rows are older than a time, as far as their times can be believed; the
   * highest number there is when all are.
   */
  public long firstSeqSince(Instant time) throws SQLException {
    OutboxQueries.Ends ends = queries.ends().orElse(null);
    if (ends == null) {
      return Long.MAX_VALUE;
    }
    Long young =
        new RecentRows(connection, time, Instant.now().plus(AHEAD))
            .firstSeq(ends.first(), ends.last());
    return Objects.requireNonNullElse(young, Long.MAX_VALUE);
  }

  /**
   * Judges the next rows in order of seq, and deletes those that are passed.
   *
   * @param belowSeq where to end, excluded
   * @param delete false only counts
   * @return null when there are no rows left
   */
  public @Nullable PruneStep step(
      long afterSeq, long belowSeq, List<PassedLane> lanes, boolean delete) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PruneSql.STEP)) {
      PruneSql.bind(statement, lanes);
      statement.setLong(12, afterSeq);
      statement.setLong(13, belowSeq);
      statement.setBoolean(14, delete);
      try (ResultSet row = statement.executeQuery()) {
        long last = afterSeq;
        List<PruneStep.Count> counts = new ArrayList<>();
        while (row.next()) {
          last = Math.max(last, row.getLong("last"));
          counts.add(
              new PruneStep.Count(
                  row.getInt("lane"),
                  PruneStep.Verdict.valueOf(row.getString("verdict")),
                  row.getLong("rows")));
        }
        return counts.isEmpty() ? null : new PruneStep(last, counts);
      }
    }
  }

  /** The transaction that has been open for longest, in words, if that is longer than an hour. */
  public Optional<String> longTransaction() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(PruneSql.LONG_TRANSACTION)) {
      return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
