package dev.waybill.relay.source;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.DatabaseIdentity;
import dev.waybill.relay.cursor.Landmark;
import dev.waybill.relay.cursor.Part;
import dev.waybill.relay.cursor.Slots;
import dev.waybill.relay.cursor.Snapshot;
import dev.waybill.relay.cursor.WaitingAggregate;
import dev.waybill.relay.cursor.Window;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what became visible in a range of slots since a cursor: the two-snapshot difference.
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

  /** Of how many late rows the places are remembered: 8 bytes for each. */
  private static final int REMEMBERED = 1_000_000;

  private static final Instant EVER = Instant.parse("0001-01-01T00:00:00Z");

  private final Connection connection;
  private final OutboxQueries queries;
  private final LateRows late;
  private final int pageBytes;
  private final Duration rewind;
  private final Clock clock;
  private final DatabaseIdentity database;
  private final Beginning beginning;
  private boolean historyChecked;
  private @Nullable Cursor base;
  private Snapshot ahead = Snapshot.NOTHING;

  private OutboxReader(
      OutboxDatabase.Session session, Slots slots, PageLimits limits, Duration rewind, Clock clock)
      throws SQLException {
    this.connection = session.connection();
    this.pageBytes = limits.bytes();
    this.queries = new OutboxQueries(session, slots, limits);
    this.late = new LateRows(queries, limits.rows(), REMEMBERED);
    this.rewind = rewind;
    this.clock = clock;
    this.database = queries.identity();
    this.beginning = new Beginning(connection, slots, database);
  }

  /**
   * Connects.
   *
   * @param rewind how far before the cursor's last read the retained rows are read again when the
   *     database's history changed
   * @throws SQLException when the database is away or refuses; nothing is left open
   * @throws StandbyException when the server is a hot standby; nothing is left open
   * @throws OutboxUnreadableException when the outbox cannot be read in full; nothing is left open
   */
  public static OutboxReader open(
      OutboxDatabase database, Slots slots, PageLimits limits, Duration rewind, Clock clock)
      throws SQLException {
    try {
      OutboxDatabase.Session session = database.connect();
      try {
        return new OutboxReader(session, slots, limits, rewind, clock);
      } catch (SQLException | RuntimeException failure) {
        session.connection().close();
        throw failure;
      }
    } catch (SQLException failure) {
      throw refusalOr(failure);
    }
  }

  /**
   * Reads the next page.
   *
   * @param cursor how far the lane has published, or null to begin with the first retained row
   * @throws SQLException when the database is away; nothing has changed, and this reader is to be
   *     closed
   * @throws OutboxUnreadableException when the database does not let all of it be read; nothing has
   *     changed, and this reader is to be closed
   */
  public Page read(@Nullable Cursor cursor) throws SQLException {
    return refusing(() -> next(cursor));
  }

  private Page next(@Nullable Cursor cursor) throws SQLException {
    if (cursor == null) {
      historyChecked = true;
      return page(EVER, beginning.everything(), null, null);
    }
    if (!historyChecked) {
      History history = history(cursor);
      String changed = history.contradicts(cursor);
      historyChecked = true;
      if (changed != null) {
        Instant from = cursor.readAt().minus(rewind);
        Retained rest = beginning.after(cursor, from, clock.instant());
        return page(from, rest, history.common(cursor), changed);
      }
    }
    Cursor here = cursor.in(database);
    Window window = here.window();
    return window == null ? fresh(here) : page(here, window, null);
  }

  /**
   * Reads what slots have left that stand at different places, all in one snapshot, so that they
   * stand at one place behind it.
   *
   * @param parts of this reader's slots
   * @return empty when they have to be read for themselves first, because one has more than a page
   *     left, an open window, or a database of another history
   */
  public Optional<Page> joined(List<Part> parts) throws SQLException {
    return refusing(() -> OneSnapshot.of(connection, () -> inThisSnapshot(parts)));
  }

  private Optional<Page> inThisSnapshot(List<Part> parts) throws SQLException {
    List<OutboxRow> rows = new ArrayList<>();
    Instant now = clock.instant();
    Snapshot seen = Snapshot.NOTHING;
    long durable = 0;
    long imported = 0;
    Landmark landmark = null;
    for (Part part : parts) {
      Cursor cursor = part.cursor();
      if (cursor == null
          || cursor.window() != null
          || history(cursor).contradicts(cursor) != null) {
        return Optional.empty();
      }
      Fresh fresh = queries.of(part.slots()).fresh(cursor.seen(), cursor.importedSeq());
      if (!fresh.fits()) {
        return Optional.empty();
      }
      rows.addAll(fresh.rows());
      seen = fresh.now();
      durable = Math.max(durable, Math.max(cursor.seen().xmax(), fresh.newest() + 1));
      imported = Math.max(imported, cursor.importedSeq());
      landmark = later(landmark, cursor.landmark());
    }
    rows.sort(Comparator.comparingLong(OutboxRow::seq));
    Cursor joined = new Cursor(database, seen.before(durable), null, now, imported, landmark);
    return Optional.of(new Page(rows, past(rows, joined), null));
  }

  private static @Nullable Landmark later(@Nullable Landmark one, @Nullable Landmark other) {
    return one == null || (other != null && other.seq() > one.seq()) ? other : one;
  }

  private static <T> T refusing(OneSnapshot.Reads<T> reads) throws SQLException {
    try {
      return reads.read();
    } catch (SQLException failure) {
      throw refusalOr(failure);
    }
  }

  private static SQLException refusalOr(SQLException failure) {
    Optional<OutboxUnreadableException> refusal = OutboxUnreadableException.of(failure);
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    return failure;
  }

  /**
   * The row for which an aggregate waits; empty when it was deleted.
   *
   * @param cursor how far the lane has published
   */
  public Optional<OutboxRow> head(Cursor cursor, WaitingAggregate aggregate) throws SQLException {
    long seq = aggregate.firstSeq();
    return queries.waiting(cursor, aggregate.aggregateId(), seq, seq, 1).stream().findFirst();
  }

  /**
   * The first rows of an aggregate that are not published: so many at most, and no more than fill a
   * page, but one at least. Walks by seq from the first on, because the outbox has no index by
   * aggregate.
   *
   * @param cursor how far the lane has published
   * @param most 1 or more
   */
  public WaitingRows waiting(Cursor cursor, WaitingAggregate aggregate, int most)
      throws SQLException {
    List<OutboxRow> rows = new ArrayList<>();
    OutboxQueries.Ends ends = queries.ends().orElse(null);
    if (ends == null) {
      return new WaitingRows(rows, null);
    }
    long from = Math.max(aggregate.firstSeq(), ends.first());
    long bytes = 0;
    while (from <= ends.last()
        && (rows.size() < 2 || (rows.size() <= most && bytes <= pageBytes))) {
      long to = Math.min(ends.last(), from + STRETCH - 1);
      List<OutboxRow> next =
          queries.waiting(cursor, aggregate.aggregateId(), from, to, most + 1 - rows.size());
      for (OutboxRow row : next) {
        byte[] payload = row.payload();
        bytes += payload == null ? 0 : payload.length;
      }
      rows.addAll(next);
      from = next.isEmpty() ? to + 1 : next.get(next.size() - 1).seq() + 1;
    }
    boolean all = from > ends.last() && rows.size() <= most;
    return all
        ? new WaitingRows(rows, null)
        : new WaitingRows(rows.subList(0, rows.size() - 1), rows.get(rows.size() - 1));
  }

  /** The JSON of a schema that rows were written with; empty when there is no such schema. */
  public Optional<String> schemaJson(int schemaId) throws SQLException {
    return queries.schemaJson(schemaId);
  }

  private History history(Cursor cursor) throws SQLException {
    Landmark landmark = cursor.landmark();
    return queries.history(database, landmark == null ? 0 : landmark.seq());
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

  private Page page(
      Instant from, Retained retained, @Nullable Landmark landmark, @Nullable String rewound)
      throws SQLException {
    Instant now = clock.instant();
    Snapshot upTo = retained.now().before(retained.newest() + 1);
    Cursor start =
        new Cursor(database, Snapshot.NOTHING, null, from, retained.importedSeq(), landmark);
    Long first = retained.first();
    if (first == null) {
      return new Page(List.of(), start.at(upTo, now), rewound);
    }
    Window all = new Window(upTo, now, first - 1, retained.last(), first);
    return page(start.within(all), all, rewound);
  }

  private Page page(Cursor cursor, Window window, @Nullable String rewound) throws SQLException {
    boolean isLate = window.afterSeq() < window.denseFrom() - 1;
    long upToSeq =
        isLate
            ? window.denseFrom() - 1
            : Math.min(window.lastSeq(), stretchAfter(window.afterSeq()));
    List<OutboxRow> rows =
        isLate ? late.page(cursor, window) : queries.dense(cursor, window, upToSeq);
    long reached = rows.isEmpty() ? beforeNext(upToSeq, window) : rows.get(rows.size() - 1).seq();
    Cursor next =
        reached < window.lastSeq()
            ? cursor.within(window.after(reached))
            : cursor.at(window.upTo(), window.openedAt());
    return new Page(rows, past(rows, next), rewound);
  }

  private static long stretchAfter(long seq) {
    return seq > Long.MAX_VALUE - STRETCH ? Long.MAX_VALUE : seq + STRETCH;
  }

  /** How far there is no row after a seq; numbers may be missing by the million. */
  private long beforeNext(long seq, Window window) throws SQLException {
    Long next = queries.nextSeq(seq);
    return next == null ? window.lastSeq() : Math.min(next - 1, window.lastSeq());
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
