package dev.waybill.relay.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table that is read. It is found by looking at all schemas, not by the session's search path,
 * in which a second table of the name would go before it one day.
 *
 * @param identity of database and table, within a cluster; another one has other rows
 * @param view whether it is no table
 * @param problem why rows of it would be missed, or null
 */
record OutboxTable(String schema, String identity, boolean view, @Nullable String problem) {
  /** Parameter: a schema, or null for any (twice). */
  private static final String TABLES =
      """
      SELECT n.nspname AS schema, d.oid || '/' || c.oid AS identity,
             c.relkind NOT IN ('r', 'p') AS view,
             CASE
               WHEN c.relkind NOT IN ('r', 'p') THEN 'is no table, and may leave rows out'
               WHEN c.relpersistence = 'u' THEN
                 'is unlogged: a crash takes its rows, and leaves the changes they tell of'
               WHEN EXISTS (SELECT FROM pg_subscription_rel WHERE srrelid = c.oid) THEN
                 'is filled by a subscription: its transaction numbers are another server''s;'
                   || ' point DATABASE_URL at that server'
               ELSE (SELECT 'allows NULL in ' || string_agg(a.attname, ', ' ORDER BY a.attnum)
                            || ', and such a row would be missed'
                     FROM pg_attribute AS a
                     WHERE a.attrelid = c.oid AND NOT a.attnotnull
                       AND a.attname IN ('seq', 'slot', 'xid', 'event_id', 'aggregate_id',
                                         'aggregate_version', 'event_type', 'headers',
                                         'occurred_at'))
             END AS problem
      FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace,
           pg_database AS d
      WHERE c.relname = 'outbox_event' AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
        AND NOT c.relispartition AND c.relpersistence <> 't'
        AND n.nspname = coalesce(?, n.nspname) AND d.datname = current_database()
      ORDER BY view, schema
      """;

  /** In {@code pg_catalog} first, so that nobody's function or table goes before it. */
  private static final String READ_FROM =
      "SELECT set_config('search_path', 'pg_catalog, ' || quote_ident(?) || ', pg_temp', false)";

  /**
   * Finds the table and has the session read from it.
   *
   * @param schema where it is, or null when there is only one
   * @throws OutboxUnreadableException when there is none, or several, or rows of it would be missed
   */
  static OutboxTable found(Connection connection, @Nullable String schema) throws SQLException {
    List<OutboxTable> all = all(connection, schema);
    if (all.isEmpty()) {
      throw new OutboxUnreadableException(
          "there is no table outbox_event in %s; put DATABASE_URL right, or migrate the database"
              .formatted(schema == null ? "this database" : "schema " + schema));
    }
    List<String> tables = all.stream().filter(one -> !one.view).map(OutboxTable::schema).toList();
    if (tables.size() > 1) {
      throw new OutboxUnreadableException(
          "there is a table outbox_event in each of the schemas %s; say which in OUTBOX_SCHEMA"
              .formatted(String.join(", ", tables)));
    }
    OutboxTable table = all.get(0);
    if (table.problem != null) {
      throw new OutboxUnreadableException(table.schema + ".outbox_event " + table.problem);
    }
    try (PreparedStatement statement = connection.prepareStatement(READ_FROM)) {
      statement.setString(1, table.schema);
      statement.execute();
    }
    return table;
  }

  private static List<OutboxTable> all(Connection connection, @Nullable String schema)
      throws SQLException {
    List<OutboxTable> tables = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(TABLES)) {
      statement.setString(1, schema);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          tables.add(
              new OutboxTable(
                  row.getString("schema"),
                  row.getString("identity"),
                  row.getBoolean("view"),
                  row.getString("problem")));
        }
      }
    }
    return tables;
  }
}
