package dev.waybill.relay.source;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.DatabaseIdentity;
import dev.waybill.relay.cursor.Snapshot;
import dev.waybill.relay.cursor.Window;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The statements of {@link OutboxSql} for one lane over one connection. Used by one thread. */
final class OutboxQueries {
  private final Connection connection;
  private final int lane;
  private final PageLimits limits;

  OutboxQueries(Connection connection, int lane, PageLimits limits) {
    this.connection = connection;
    this.lane = lane;
    this.limits = limits;
  }

  DatabaseIdentity identity() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OutboxSql.IDENTITY);
        ResultSet row = statement.executeQuery()) {
      row.next();
      int timeline = row.getInt("timeline");
      if (row.wasNull()) {
        throw new StandbyException();
      }
      return new DatabaseIdentity(row.getString("system_identifier"), timeline);
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
                lane,
                imported,
                seen.inProgressArray(),
                lane,
                imported,
                xid(seen.xmax()),
                limits.rows() + 1,
                limits.rows(),
                limits.bytes());
        ResultSet row = statement.executeQuery()) {
      row.next();
      Snapshot now = Snapshot.parse(row.getString("snapshot"));
      boolean fits = row.getBoolean("fits");
      long newest = row.getLong("newest");
      if (fits && row.getLong("found") > 0) {
        do {
          rows.add(RowMapper.row(row));
        } while (row.next());
      }
      rows.sort(Comparator.comparingLong(OutboxRow::seq));
      return new Fresh(now, fits, rows, newest);
    }
  }

  Bounds bounds(Snapshot seen, Snapshot upTo, long imported) throws SQLException {
    String end = upTo.toString();
    try (PreparedStatement statement =
            bind(
                OutboxSql.WINDOW,
                lane,
                end,
                end,
                imported,
                lane,
                seen.inProgressArray(),
                end,
                imported,
                lane,
                xid(seen.xmax()),
                end,
                end,
                imported);
        ResultSet row = statement.executeQuery()) {
      row.next();
      long last = row.getLong("last");
      return new Bounds(
          orElse(row, "first_late", last + 1),
          orElse(row, "first", last + 1),
          last,
          row.getLong("size"),
          row.getLong("newest"));
    }
  }

  Retained retained(Instant from) throws SQLException {
    OffsetDateTime time = OffsetDateTime.ofInstant(from, ZoneOffset.UTC);
    try (PreparedStatement statement = bind(OutboxSql.RETAINED, lane, time, lane, lane);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return new Retained(
          Snapshot.parse(row.getString("snapshot")),
          row.getObject("first", Long.class),
          row.getLong("last"),
          row.getLong("imported"),
          row.getLong("newest"));
    }
  }

  /** The next rows of the window before its dense part. */
  List<OutboxRow> late(Cursor cursor, Window window) throws SQLException {
    return rows(
        OutboxSql.LATE,
        limits.share(),
        lane,
        cursor.seen().inProgressArray(),
        window.afterSeq(),
        window.denseFrom(),
        window.upTo().toString(),
        cursor.importedSeq(),
        limits.rows());
  }

  /** The next rows of the window up to a seq. */
  List<OutboxRow> dense(Cursor cursor, Window window, long upToSeq) throws SQLException {
    boolean retained = cursor.seen().equals(Snapshot.NOTHING);
    return rows(
        OutboxSql.DENSE,
        limits.share(),
        lane,
        window.afterSeq(),
        upToSeq,
        cursor.seen().inProgressArray(),
        xid(cursor.seen().xmax()),
        window.upTo().toString(),
        retained,
        cursor.importedSeq(),
        retained,
        cursor.importedSeq(),
        limits.rows());
  }

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
        int size = row.getInt("bytes");
        bytes += size;
        if (bytes > limits.bytes() && !rows.isEmpty()) {
          break;
        }
        if (size > limits.share()) {
          large.add(rows.size());
        }
        rows.add(RowMapper.row(row));
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

  private PreparedStatement bind(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  private static long orElse(ResultSet row, String column, long absent) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? absent : value;
  }

  private static String xid(long number) {
    return Long.toString(number);
  }
}
