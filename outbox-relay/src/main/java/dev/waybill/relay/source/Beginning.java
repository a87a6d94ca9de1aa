package dev.waybill.relay.source;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.DatabaseIdentity;
import dev.waybill.relay.cursor.Landmark;
import dev.waybill.relay.cursor.Slots;
import dev.waybill.relay.cursor.Window;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Where a lane begins that has no cursor, or one of another history: with the first row that may
 * not have been published. All is read in one snapshot, by statements of a bounded length. Used by
 * one thread.
 */
final class Beginning {
  /** Clocks differ; what is further ahead of ours was not written by a clock. */
  private static final Duration AHEAD = Duration.ofDays(1);

  private final Connection connection;
  private final BeginningQueries queries;
  private final DatabaseIdentity database;

  Beginning(Connection connection, Slots slots, DatabaseIdentity database) {
    this.connection = connection;
    this.queries = new BeginningQueries(connection, slots);
    this.database = database;
  }

  /** All rows that are there. */
  Retained everything() throws SQLException {
    return OneSnapshot.of(connection, this::retained);
  }

  /**
   * The rows from where the cursor's history may have ended. That is where rows are as young as a
   * time, and before that what certainly was not published, however old its times: of the same
   * cluster, what the cursor's snapshot did not show; of any, what lies above the last row that was
   * published, and in a window above what was published of it.
   *
   * @param from how far back the history may be another one
   */
  Retained after(Cursor cursor, Instant from, Instant now) throws SQLException {
    return OneSnapshot.of(
        connection,
        () -> {
          Retained all = retained();
          Long first = all.first();
          return first == null ? all : all.from(start(all, first, cursor, from, now));
        });
  }

  private long start(Retained all, long first, Cursor cursor, Instant from, Instant now)
      throws SQLException {
    Landmark landmark = cursor.landmark();
    if (landmark == null) {
      return first;
    }
    List<Long> starts = new ArrayList<>(List.of(landmark.seq() + 1));
    Window window = cursor.window();
    if (window != null) {
      starts.add(window.afterSeq() + 1);
    }
    Long young = new RecentRows(connection, from, now.plus(AHEAD)).firstSeq(first, all.last());
    if (young != null) {
      starts.add(young);
    }
    if (database.systemIdentifier().equals(cursor.database().systemIdentifier())) {
      starts.add(
          queries.firstUnseen(
              window == null ? cursor.seen() : window.upTo(), cursor.importedSeq()));
    }
    return Collections.min(starts);
  }

  private Retained retained() throws SQLException {
    Retained retained = queries.retained();
    return retained.importedSeq() == 0 ? retained : retained.imported(lastImported(retained));
  }

  private long lastImported(Retained retained) throws SQLException {
    long upTo = retained.last();
    while (true) {
      BeginningQueries.Stretch stretch = queries.lastImported(upTo);
      Long wanted = stretch.wanted();
      if (wanted != null) {
        return wanted;
      }
      upTo = stretch.lowest() - 1;
    }
  }
}
