package dev.waybill.relay.source;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.DatabaseIdentity;
import dev.waybill.relay.cursor.Slots;
import dev.waybill.relay.cursor.Snapshot;
import dev.waybill.relay.cursor.Window;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The statements of {@link OutboxSql} for a range of slots over one connection. Used by one thread.
 */
final class OutboxQueries {
  /** Held at once by the driver, which otherwise holds all that a statement returns. */
  private static final int FETCHED_SEQS = 10_000;

  private final Connection connection;
  private final Slots slots;
  private final PageLimits limits;
  private final RowMapper mapper;
  private final String outbox;
  private int backend;

  OutboxQueries(OutboxDatabase.Session session, Slots slots, PageLimits limits) {
    this.connection = session.connection();
    this.outbox = session.table().identity();
    this.slots = slots;
    this.limits = limits;
    this.mapper = new RowMapper(limits.largestRow());
  }

  private OutboxQueries(OutboxQueries same, Slots others) {
    this.connection = same.connection;
    this.outbox = same.outbox;
    this.slots = others;
    this.limits = same.limits;
    this.mapper = same.mapper;
    this.backend = same.backend;
  }

  /** The statements for other slots, over the same connection. */
  OutboxQueries of(Slots others) {
    return new OutboxQueries(this, others);
  }

  DatabaseIdentity identity() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OutboxSql.IDENTITY);
        ResultSet row = statement.executeQuery()) {
      row.next();
      int timeline = row.getInt("timeline");
      if (row.wasNull()) {
        throw new StandbyException();
      }
      backend = row.getInt("backend");
      return new DatabaseIdentity(row.getString("system_identifier"), timeline, outbox);
    }
  }

  History history(DatabaseIdentity database, long seq) throws SQLException {
    try (PreparedStatement statement = bind(OutboxSql.HISTORY, seq);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return new History(
          database,
          Snapshot.parse(row.getString("snapshot")),
          row.getObject("event_id", UUID.class));
    }
  }

  Fresh fresh(Snapshot seen, long imported) throws SQLException {
    List<OutboxRow> rows = new ArrayList<>();
    try (PreparedStatement statement =
            bind(
                OutboxSql.FRESH,
                slots.from(),
                slots.to(),
                after(imported),
                seen.inProgressArray(),
                slots.from(),
                slots.to(),
                after(imported),
                Long.toString(seen.xmax()),
                limits.rows() + 1,
                limits.rows(),
                limits.bytes(),
                limits.largestRow());
        ResultSet row = statement.executeQuery()) {
      row.next();
      if (row.getInt("backend") != backend) {
        throw new OutboxUnreadableException(
            "two reads went to two of the server's sessions, of which one may have lost its"
                + " settings; connect to PostgreSQL itself, or to a pooler in session mode");
      }
      Snapshot now = Snapshot.parse(row.getString("snapshot"));
      boolean fits = row.getBoolean("fits");
      long newest = row.getLong("newest");
      if (fits && row.getLong("found") > 0) {
        do {
          rows.add(mapper.row(row));
        } while (row.next());
      }
      rows.sort(Comparator.comparingLong(OutboxRow::seq));
      return new Fresh(now, fits, rows, newest);
    }
  }

  /** Where the rows lie that one snapshot does not show and another does. */
  Bounds bounds(Snapshot seen, Snapshot upTo, long imported) throws SQLException {
    return OneSnapshot.of(
        connection, new BoundsWalk(connection, slots, seen, upTo, imported)::bounds);
  }

  @Nullable Long nextSeq(long afterSeq) throws SQLException {
    try (PreparedStatement statement = bind(OutboxSql.NEXT_SEQ, afterSeq);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getObject(1, Long.class);
    }
  }

  /**
   * Where the next rows of the window before its dense part are, in order.
   *
   * @param most how many; 1 or more
   */
  long[] lateSeqs(Cursor cursor, Window window, int most) throws SQLException {
    return OneSnapshot.of(connection, () -> fetchedLateSeqs(cursor, window, most));
  }

  /** In parts, which the driver does in a transaction only. */
  private long[] fetchedLateSeqs(Cursor cursor, Window window, int most) throws SQLException {
    try (PreparedStatement statement =
        bind(
            OutboxSql.LATE_SEQS,
            slots.from(),
            slots.to(),
            cursor.seen().inProgressArray(),
            window.afterSeq(),
            window.denseFrom(),
            window.upTo().toString(),
            after(cursor.importedSeq()),
            most)) {
      statement.setFetchSize(FETCHED_SEQS);
      LongStream.Builder seqs = LongStream.builder();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          seqs.add(row.getLong(1));
        }
      }
      return seqs.build().toArray();
    }
  }

  /**
   * As many of the first rows as fit a page, at least one if one is still there.
   *
   * @param seqs in order
   */
  List<OutboxRow> of(long[] seqs) throws SQLException {
    String array =
        Arrays.stream(seqs).mapToObj(Long::toString).collect(Collectors.joining(",", "{", "}"));
    return rows(OutboxSql.OF_SEQS, limits.share(), limits.largestRow(), array);
  }

  /** The next rows of the window up to a seq. */
  List<OutboxRow> dense(Cursor cursor, Window window, long upToSeq) throws SQLException {
    boolean retained = cursor.seen().equals(Snapshot.NOTHING);
    return rows(
        OutboxSql.DENSE,
        limits.share(),
        limits.largestRow(),
        slots.from(),
        slots.to(),
        window.afterSeq(),
        upToSeq,
        cursor.seen().inProgressArray(),
        Long.toString(cursor.seen().xmax()),
        window.upTo().toString(),
        retained,
        after(cursor.importedSeq()),
        retained,
        after(cursor.importedSeq()),
        limits.rows());
  }

  /** Rows of an aggregate from a seq to another one that the cursor has passed. */
  List<OutboxRow> waiting(Cursor cursor, String aggregateId, long from, long to, int most)
      throws SQLException {
    Window window = cursor.window();
    long reached = window == null ? Long.MIN_VALUE : window.afterSeq();
    boolean everything = window != null && cursor.seen().equals(Snapshot.NOTHING);
    long imported = after(cursor.importedSeq());
    return rows(
        OutboxSql.WAITING,
        limits.share(),
        limits.largestRow(),
        slots.from(),
        slots.to(),
        from,
        to,
        aggregateId,
        cursor.seen().toString(),
        reached,
        (window == null ? cursor.seen() : window.upTo()).toString(),
        everything ? Math.min(imported, reached) : imported,
        most);
  }

  /** Between which seqs all rows are; empty when there is none. */
  Optional<Ends> ends() throws SQLException {
    try (PreparedStatement statement = bind(OutboxSql.ENDS);
        ResultSet row = statement.executeQuery()) {
      row.next();
      Long first = row.getObject("first", Long.class);
      return first == null ? Optional.empty() : Optional.of(new Ends(first, row.getLong("last")));
    }
  }

  /** The first seq and the last. */
  record Ends(long first, long last) {}

  Optional<String> schemaJson(int schemaId) throws SQLException {
    try (PreparedStatement statement = bind(OutboxSql.SCHEMA, schemaId);
        ResultSet row = statement.executeQuery()) {
      return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
    }
  }

  /** As many rows as fit a page, at least one; large payloads are read after the others. */
  private List<OutboxRow> rows(String sql, Object... parameters) throws SQLException {
    List<OutboxRow> rows = new ArrayList<>(limits.rows());
    List<Integer> large = new ArrayList<>();
    try (PreparedStatement statement = bind(sql, parameters);
        ResultSet row = statement.executeQuery()) {
      long bytes = 0;
      while (row.next()) {
        OutboxRow next = mapper.row(row);
        bytes += next.flaw() == null ? row.getLong("bytes") : 0;
        if (bytes > limits.bytes() && !rows.isEmpty()) {
          break;
        }
        if (next.flaw() == null && row.getInt("payload_bytes") > limits.share()) {
          large.add(rows.size());
        }
        rows.add(next);
      }
    }
    if (!large.isEmpty()) {
      addPayloads(large, rows);
    }
    return rows;
  }

  private void addPayloads(List<Integer> places, List<OutboxRow> rows) throws SQLException {
    Map<Long, byte[]> payloads = payloads(places.stream().map(rows::get).toList());
    for (int place : places) {
      OutboxRow row = rows.get(place);
      byte[] payload = payloads.get(row.seq());
      if (payload == null) {
        throw new SQLException("seq " + row.seq() + " was deleted while it was read");
      }
      rows.set(place, row.withPayload(payload));
    }
  }

  private Map<Long, byte[]> payloads(List<OutboxRow> rows) throws SQLException {
    Map<Long, byte[]> payloads = new HashMap<>();
    Array seqs = connection.createArrayOf("bigint", rows.stream().map(OutboxRow::seq).toArray());
    try (PreparedStatement statement = bind(OutboxSql.LARGE_PAYLOADS, seqs);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        payloads.put(row.getLong("seq"), row.getBytes("payload"));
      }
    }
    return payloads;
  }

  /** Seqs may be negative, whatever {@link Cursor#importedSeq} says of a cursor without any. */
  static long after(long importedSeq) {
    return importedSeq == 0 ? Long.MIN_VALUE : importedSeq;
  }

  private PreparedStatement bind(String sql, Object... parameters) throws SQLException {
    return Prepared.of(connection, sql, parameters);
  }
}
