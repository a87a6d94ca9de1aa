package dev.waybill.relay.source;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.DatabaseIdentity;
import dev.waybill.relay.cursor.Landmark;
import dev.waybill.relay.cursor.Snapshot;
import dev.waybill.relay.cursor.Window;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what became visible in one lane since a cursor: the two-snapshot difference.
 *
 * <p>A row is new when its transaction was in progress at the cursor's snapshot or began after it.
 * Nothing is lost, because a transaction that had not committed then is one of the two. Nothing
 * waits for an open transaction, because it is one entry in the list of those in progress. The
 * order of an aggregate holds, because of two transactions of which the second saw the first, no
 * snapshot shows the second alone, and the second's seq is higher.
 *
 * <p>In the usual case one statement returns the whole window. A window larger than a page becomes
 * part of the cursor and is read in pages by seq.
 *
 * <p>An empty read leaves the cursor as it is; what it has seen is remembered here, so that the
 * next one costs no more. That is safe only over one and the same connection: after a crash
 * PostgreSQL may give out again the numbers of transactions that left no trace on disk, and a
 * snapshot from before would take the new ones for seen. So one reader is one connection, and
 * whoever fails with it closes it and goes on from the cursor with another. Used by one thread;
 * every method blocks on the database.
 */
public final class OutboxReader implements AutoCloseable {
  /** How far one statement walks by seq, so that none runs for long where a lane has few rows. */
  private static final long STRETCH = 1_000_000;

  private static final Instant EVER = Instant.parse("0001-01-01T00:00:00Z");

  private final Connection connection;
  private final OutboxQueries queries;
  private final Duration rewind;
  private final Clock clock;
  private final DatabaseIdentity database;
  private boolean historyChecked;
  private @Nullable Cursor base;
  private Snapshot ahead = Snapshot.NOTHING;

  private OutboxReader(
      Connection connection, int lane, PageLimits limits, Duration rewind, Clock clock)
      throws SQLException {
    this.connection = connection;
    this.queries = new OutboxQueries(connection, lane, limits);
    this.rewind = rewind;
    this.clock = clock;
    this.database = queries.identity();
  }

  /**
   * Connects.
   *
   * @param rewind how far before the cursor's last read the retained rows are read again when the
   *     database's history changed
   * @throws SQLException when the database is away or refuses; nothing is left open
   * @throws StandbyException when the server is a hot standby; nothing is left open
   */
  public static OutboxReader open(
      OutboxDatabase database, int lane, PageLimits limits, Duration rewind, Clock clock)
      throws SQLException {
    Connection connection = database.connect();
    try {
      return new OutboxReader(connection, lane, limits, rewind, clock);
    } catch (SQLException | RuntimeException failure) {
      connection.close();
      throw failure;
    }
  }

  /**
   * Reads the next page.
   *
   * @param cursor how far the lane has published, or null to begin with the first retained row
   * @throws SQLException when the database is away or refuses; nothing has changed, and this reader
   *     is to be closed
   */
  public Page read(@Nullable Cursor cursor) throws SQLException {
    if (cursor == null) {
      historyChecked = true;
      return retained(EVER, null);
    }
    if (!historyChecked) {
      String changed = contradiction(cursor);
      historyChecked = true;
      if (changed != null) {
        return retained(cursor.readAt().minus(rewind), changed);
      }
    }
    Window window = cursor.window();
    return window == null ? fresh(cursor) : page(cursor, window, null);
  }

  /**
   * The JSON of a schema that rows were written with.
   *
   * @throws IllegalStateException when there is no such schema, which no writer of Waybill's leaves
   */
  public String schemaJson(int schemaId) throws SQLException {
    return queries
        .schemaJson(schemaId)
        .orElseThrow(() -> new IllegalStateException("outbox_schema has no schema_id " + schemaId));
  }

  private @Nullable String contradiction(Cursor cursor) throws SQLException {
    Landmark landmark = cursor.landmark();
    History history = queries.history(database, landmark == null ? 0 : landmark.seq());
    return history.contradicts(cursor);
  }

  private Page fresh(Cursor cursor) throws SQLException {
    Instant now = clock.instant();
    if (!cursor.equals(base)) {
      base = cursor;
      ahead = cursor.seen();
    }
    Fresh fresh = queries.fresh(ahead, cursor.importedSeq());
    if (!fresh.fits()) {
      Window window = window(cursor, fresh.now(), now);
      return page(cursor.within(window), window, null);
    }
    ahead = fresh.now();
    if (fresh.rows().isEmpty()) {
      return new Page(List.of(), cursor, null);
    }
    long durable = Math.max(cursor.seen().xmax(), fresh.newest() + 1);
    base = past(fresh.rows(), cursor.at(fresh.now().before(durable), now));
    return new Page(fresh.rows(), base, null);
  }

  private Window window(Cursor cursor, Snapshot now, Instant openedAt) throws SQLException {
    Bounds bounds = queries.bounds(cursor.seen(), now, cursor.importedSeq());
    long durable = Math.max(cursor.seen().xmax(), bounds.newest() + 1);
    return bounds.open(now.before(durable), openedAt);
  }

  private Page retained(Instant from, @Nullable String rewound) throws SQLException {
    Instant now = clock.instant();
    Retained retained = queries.retained(from);
    Snapshot upTo = retained.now().before(retained.newest() + 1);
    Cursor start = new Cursor(database, Snapshot.NOTHING, null, from, retained.importedSeq(), null);
    Long first = retained.first();
    if (first == null) {
      return new Page(List.of(), start.at(upTo, now), rewound);
    }
    Window all = new Window(upTo, now, first - 1, retained.last(), first);
    return page(start.within(all), all, rewound);
  }

  private Page page(Cursor cursor, Window window, @Nullable String rewound) throws SQLException {
    boolean late = window.afterSeq() < window.denseFrom() - 1;
    long upToSeq =
        late ? window.denseFrom() - 1 : Math.min(window.lastSeq(), window.afterSeq() + STRETCH);
    List<OutboxRow> rows =
        late ? queries.late(cursor, window) : queries.dense(cursor, window, upToSeq);
    long reached = rows.isEmpty() ? upToSeq : rows.get(rows.size() - 1).seq();
    Cursor next =
        reached < window.lastSeq()
            ? cursor.within(window.after(reached))
            : cursor.at(window.upTo(), window.openedAt());
    return new Page(rows, past(rows, next), rewound);
  }

  private static Cursor past(List<OutboxRow> rows, Cursor cursor) {
    if (rows.isEmpty()) {
      return cursor;
    }
    OutboxRow last = rows.get(rows.size() - 1);
    return cursor.past(new Landmark(last.seq(), last.eventId()));
  }

  /** Disconnects; a read in another thread fails. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
