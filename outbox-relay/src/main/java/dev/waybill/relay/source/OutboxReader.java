package dev.waybill.relay.source;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.Snapshot;
import dev.waybill.relay.cursor.Window;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads what became visible since a cursor: the two-snapshot difference.
 *
 * <p>A row is new when its transaction was in progress at the cursor's snapshot or began after it.
 * Nothing is lost, because a transaction that had not committed then is one of the two. Nothing
 * waits for an open transaction, because it is one entry in the list of those in progress. The
 * order of an aggregate holds, because of two transactions of which the second saw the first, no
 * snapshot shows the second alone, and the second's seq is higher.
 *
 * <p>In the usual case one statement returns the whole window. A window larger than a page becomes
 * part of the cursor and is read in pages by seq. Thread-safe; each read borrows one connection and
 * blocks for as long as the database takes.
 */
public final class OutboxReader {
  private static final Instant EVER = Instant.EPOCH;

  private final DataSource database;
  private final PageLimits limits;
  private final Duration rewind;
  private final Clock clock;

  /**
   * Reads nothing yet.
   *
   * @param database whose connections ran {@link OutboxConnections}' session settings
   * @param rewind how far before the cursor's last read the retained rows are read again when the
   *     database's history changed
   */
  public OutboxReader(DataSource database, PageLimits limits, Duration rewind, Clock clock) {
    this.database = database;
    this.limits = limits;
    this.rewind = rewind;
    this.clock = clock;
  }

  /**
   * Reads the next page of a lane.
   *
   * @param cursor how far the lane has published, or null to begin with the first retained row
   * @throws SQLException when the database is away or refuses; nothing has changed
   * @throws StandbyException when the server is a hot standby
   */
  public Page read(int lane, @Nullable Cursor cursor) throws SQLException {
    Instant now = clock.instant();
    try (Connection connection = database.getConnection()) {
      if (cursor == null) {
        return fromRetained(connection, lane, state(connection), EVER, now, null);
      }
      if (cursor.window() == null) {
        return probe(connection, lane, cursor, now);
      }
      DatabaseState state = state(connection);
      String changed = changed(cursor, state);
      return changed == null
          ? page(connection, lane, cursor, now, null)
          : rewound(connection, lane, cursor, state, now, changed);
    }
  }

  private Page probe(Connection connection, int lane, Cursor cursor, Instant now)
      throws SQLException {
    DatabaseState state;
    List<OutboxRow> rows = new ArrayList<>();
    boolean fits = true;
    try (PreparedStatement probe = connection.prepareStatement(OutboxSql.PROBE)) {
      probe.setInt(1, lane);
      probe.setString(2, cursor.seen().inProgressArray());
      probe.setInt(3, lane);
      probe.setString(4, Long.toString(cursor.seen().xmax()));
      probe.setInt(5, limits.rows() + 1);
      probe.setLong(6, limits.bytes());
      try (ResultSet found = probe.executeQuery()) {
        found.next();
        state = DatabaseState.of(found);
        long count = found.getLong("found");
        fits = count <= limits.rows() && (count <= 1 || found.getLong("bytes") <= limits.bytes());
        if (count > 0 && fits) {
          do {
            rows.add(RowMapper.row(found));
          } while (found.next());
        }
      }
    }
    String changed = changed(cursor, state);
    if (changed != null) {
      return rewound(connection, lane, cursor, state, now, changed);
    }
    if (fits) {
      rows.sort(Comparator.comparingLong(OutboxRow::seq));
      return new Page(rows, new Cursor(state.identity(), state.snapshot(), null, now), null);
    }
    return page(connection, lane, opened(connection, lane, cursor, state, now), now, null);
  }

  private static @Nullable String changed(Cursor cursor, DatabaseState state) {
    if (!state.identity().equals(cursor.database())) {
      return "the cursor is of database " + cursor.database() + ", this is " + state.identity();
    }
    if (state.snapshot().xmax() < cursor.xmax()) {
      return "the database went back from transaction "
          + cursor.xmax()
          + " to "
          + state.snapshot().xmax();
    }
    return null;
  }

  private Page rewound(
      Connection connection,
      int lane,
      Cursor cursor,
      DatabaseState state,
      Instant now,
      String changed)
      throws SQLException {
    return fromRetained(connection, lane, state, cursor.readAt().minus(rewind), now, changed);
  }

  private Page fromRetained(
      Connection connection,
      int lane,
      DatabaseState state,
      Instant from,
      Instant now,
      @Nullable String rewound)
      throws SQLException {
    try (PreparedStatement retained = connection.prepareStatement(OutboxSql.RETAINED)) {
      retained.setObject(1, OffsetDateTime.ofInstant(from, ZoneOffset.UTC));
      retained.setInt(2, lane);
      try (ResultSet bounds = retained.executeQuery()) {
        bounds.next();
        long first = bounds.getLong("first");
        if (bounds.wasNull()) {
          Cursor nothing = new Cursor(state.identity(), state.snapshot(), null, now);
          return new Page(List.of(), nothing, rewound);
        }
        Window all = new Window(state.snapshot(), first - 1, bounds.getLong("last"));
        Cursor cursor = new Cursor(state.identity(), Snapshot.NOTHING, all, now);
        return page(connection, lane, cursor, now, rewound);
      }
    }
  }

  private static Cursor opened(
      Connection connection, int lane, Cursor cursor, DatabaseState state, Instant now)
      throws SQLException {
    String upTo = state.snapshot().toString();
    try (PreparedStatement window = connection.prepareStatement(OutboxSql.WINDOW)) {
      window.setInt(1, lane);
      window.setString(2, cursor.seen().inProgressArray());
      window.setString(3, upTo);
      window.setInt(4, lane);
      window.setString(5, Long.toString(cursor.seen().xmax()));
      window.setString(6, upTo);
      window.setString(7, upTo);
      try (ResultSet bounds = window.executeQuery()) {
        bounds.next();
        Window open =
            new Window(state.snapshot(), bounds.getLong("first") - 1, bounds.getLong("last"));
        return new Cursor(cursor.database(), cursor.seen(), open, now);
      }
    }
  }

  private Page page(
      Connection connection, int lane, Cursor cursor, Instant now, @Nullable String rewound)
      throws SQLException {
    Window window = Objects.requireNonNull(cursor.window());
    List<OutboxRow> rows = new ArrayList<>(limits.rows());
    try (PreparedStatement page = connection.prepareStatement(OutboxSql.PAGE)) {
      page.setInt(1, lane);
      page.setLong(2, window.afterSeq());
      page.setLong(3, window.lastSeq());
      page.setString(4, cursor.seen().inProgressArray());
      page.setString(5, Long.toString(cursor.seen().xmax()));
      page.setString(6, window.upTo().toString());
      page.setBoolean(7, cursor.seen().equals(Snapshot.NOTHING));
      page.setInt(8, limits.rows());
      page.setLong(9, limits.bytes());
      try (ResultSet found = page.executeQuery()) {
        while (found.next()) {
          rows.add(RowMapper.row(found));
        }
      }
    }
    return new Page(rows, after(rows, cursor, window, now), rewound);
  }

  private static Cursor after(List<OutboxRow> rows, Cursor cursor, Window window, Instant now) {
    long reached = rows.isEmpty() ? window.lastSeq() : rows.get(rows.size() - 1).seq();
    return reached >= window.lastSeq()
        ? new Cursor(cursor.database(), window.upTo(), null, now)
        : new Cursor(cursor.database(), cursor.seen(), window.after(reached), now);
  }

  private static DatabaseState state(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OutboxSql.STATE);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return DatabaseState.of(row);
    }
  }
}
