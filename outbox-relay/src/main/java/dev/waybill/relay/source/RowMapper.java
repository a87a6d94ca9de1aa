package dev.waybill.relay.source;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * Reads rows by position, in the order that the statements select them. The bytes of a text are its
 * UTF-8, whatever the server's encoding: the driver's sessions have that as their client encoding.
 */
final class RowMapper {
  private RowMapper() {}

  static OutboxRow row(ResultSet rows) throws SQLException {
    int schemaId = rows.getInt(6);
    Integer nullableSchemaId = rows.wasNull() ? null : schemaId;
    return new OutboxRow(
        rows.getLong(1),
        rows.getObject(2, UUID.class),
        rows.getBytes(3),
        rows.getLong(4),
        rows.getString(5),
        nullableSchemaId,
        rows.getBytes(9),
        rows.getString(7),
        rows.getObject(8, OffsetDateTime.class).toInstant());
  }
}
