package dev.waybill.console.systems;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds rows of the outbox without an index for it: rows are written in the order of {@code seq},
 * and the ids of events have their time in them, so that a bisection comes near, and a range of
 * bounded length is read there. Of one thread, on one connection.
 */
public final class OutboxSearch {
  /** How many rows to either side of the place are read, first and then. */
  private static final long[] NEAR = {2_000, 20_000};

  private static final long RECENT = 10_000;
  private static final int PAGE = 5_000;

  private static final String COLUMNS =
      """
      SELECT seq, slot, xid::text, event_id, aggregate_type, aggregate_id, aggregate_version,
             event_type, payload IS NULL AS tombstone, occurred_at, headers->>'traceparent'
      FROM outbox_event
      """;

  private static final String BY_EVENT =
      COLUMNS + "WHERE seq BETWEEN ? AND ? AND event_id = ? ORDER BY seq LIMIT 100";

  private static final String BY_AGGREGATE =
      COLUMNS + "WHERE seq BETWEEN ? AND ? AND aggregate_id = ? ORDER BY seq LIMIT 100";

  private static final String BY_TRACE =
      COLUMNS
          + "WHERE seq BETWEEN ? AND ? AND substr(headers->>'traceparent', 4, 32) = ?"
          + " ORDER BY seq LIMIT 100";

  private static final String RANGE = COLUMNS + "WHERE seq BETWEEN ? AND ? ORDER BY seq LIMIT ?";

  private final Connection connection;
  private final long first;
  private final long last;

  /** Begins at what is there now. */
  public OutboxSearch(Connection connection) throws SQLException {
    this.connection = connection;
    try (PreparedStatement bounds =
            connection.prepareStatement(
                "SELECT coalesce(min(seq), 0), coalesce(max(seq), -1) FROM outbox_event");
        ResultSet row = bounds.executeQuery()) {
      row.next();
      first = row.getLong(1);
      last = row.getLong(2);
    }
  }

  /** Whether there are no rows. */
  public boolean isEmpty() {
    return last < first;
  }

  /** When the oldest row that is still there was written; empty without rows. */
  public Optional<Instant> begin() throws SQLException {
    OutboxEvent row = isEmpty() ? null : from(first);
    return row == null ? Optional.empty() : Optional.of(row.idTime());
  }

  /** The row of an event: near the time in its id, or among the last. */
  public Optional<OutboxEvent> event(UUID id) throws SQLException {
    Instant time = EventIds.time(id).orElse(null);
    if (time != null) {
      long place = place(time);
      for (long near : NEAR) {
        List<OutboxEvent> found =
            rows(BY_EVENT, place - near, place + near, question -> question.setObject(3, id));
        if (!found.isEmpty()) {
          return Optional.of(found.get(0));
        }
      }
    }
    return rows(BY_EVENT, last - RECENT, last, question -> question.setObject(3, id)).stream()
        .findFirst();
  }

  /**
   * Rows of an aggregate, of those near the given times and of the last: not all there may be.
   *
   * @param times such as when it was made and when it was changed last
   */
  public List<OutboxEvent> aggregate(String id, List<Instant> times) throws SQLException {
    List<OutboxEvent> all = new ArrayList<>();
    Binding bound = question -> question.setString(3, id);
    for (Instant time : times) {
      long place = place(time);
      all.addAll(rows(BY_AGGREGATE, place - NEAR[0], place + NEAR[0], bound));
    }
    all.addAll(rows(BY_AGGREGATE, last - RECENT, last, bound));
    return all.stream().distinct().sorted(Comparator.comparingLong(OutboxEvent::seq)).toList();
  }

  /** Rows of a trace among the last. */
  public List<OutboxEvent> trace(String traceId) throws SQLException {
    return rows(BY_TRACE, last - RECENT, last, question -> question.setString(3, traceId));
  }

  /** How many rows at the end are searched for what no id leads to. */
  public static long recent() {
    return RECENT;
  }

  /**
   * All rows whose ids were made in a span of time, in the order of seq.
   *
   * @param slack how far the order of seq and of ids may be apart
   * @param most rows are looked at
   * @return false when there would have been more to look at
   */
  public boolean between(
      Instant from, Instant to, Duration slack, int most, Consumer<OutboxEvent> found)
      throws SQLException {
    long next = Math.max(first, place(from.minus(slack)));
    long end = place(to.plus(slack));
    int looked = 0;
    while (next <= end && looked < most) {
      List<OutboxEvent> page = range(next, end);
      if (page.isEmpty()) {
        return true;
      }
      looked += page.size();
      page.stream()
          .filter(row -> !row.idTime().isBefore(from) && row.idTime().isBefore(to))
          .forEach(found);
      next = page.get(page.size() - 1).seq() + 1;
    }
    return next > end;
  }

  private List<OutboxEvent> range(long from, long to) throws SQLException {
    return rows(RANGE, from, to, question -> question.setInt(3, PAGE));
  }

  /** The seq at which ids begin to be of this time or later; one past the last when none is. */
  private long place(Instant time) throws SQLException {
    long low = first;
    long high = last + 1;
    while (low < high) {
      long middle = low + (high - low) / 2;
      OutboxEvent row = from(middle);
      if (row == null || !row.idTime().isBefore(time)) {
        high = middle;
      } else {
        low = row.seq() + 1;
      }
    }
    return low;
  }

  private @Nullable OutboxEvent from(long seq) throws SQLException {
    List<OutboxEvent> next = rows(RANGE, seq, last, question -> question.setInt(3, 1));
    return next.isEmpty() ? null : next.get(0);
  }

  /** Binds the third parameter. */
  @FunctionalInterface
  private interface Binding {
    void bind(PreparedStatement question) throws SQLException;
  }

  private List<OutboxEvent> rows(String sql, long from, long to, Binding third)
      throws SQLException {
    try (PreparedStatement question = connection.prepareStatement(sql)) {
      question.setLong(1, from);
      question.setLong(2, to);
      third.bind(question);
      List<OutboxEvent> found = new ArrayList<>();
      try (ResultSet row = question.executeQuery()) {
        while (row.next()) {
          found.add(event(row));
        }
      }
      return found;
    }
  }

  private static OutboxEvent event(ResultSet row) throws SQLException {
    return new OutboxEvent(
        row.getLong(1),
        row.getInt(2),
        Long.parseUnsignedLong(row.getString(3)),
        row.getObject(4, UUID.class),
        row.getString(5),
        row.getString(6),
        row.getLong(7),
        row.getString(8),
        row.getBoolean(9),
        row.getObject(10, OffsetDateTime.class).toInstant(),
        row.getString(11));
  }
}
