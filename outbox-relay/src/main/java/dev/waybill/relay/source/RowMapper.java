package dev.waybill.relay.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows by position, in the order that the statements select them. The bytes of a text are its
 * UTF-8, whatever the server's encoding: the driver's sessions have that as their client encoding.
 * No value that PostgreSQL can hold makes it fail, because that would stop all that lies behind the
 * row: what is wrong with it is the row's {@link OutboxRow#flaw}.
 */
final class RowMapper {
  private final long largestRow;

  RowMapper(long largestRow) {
    this.largestRow = largestRow;
  }

  OutboxRow row(ResultSet rows) throws SQLException {
    int schemaId = rows.getInt(6);
    Integer nullableSchemaId = rows.wasNull() ? null : schemaId;
    long bytes = rows.getLong(9);
    return new OutboxRow(
        rows.getLong(1),
        rows.getObject(2, UUID.class),
        rows.getBytes(3),
        rows.getLong(4),
        text(rows.getBytes(5)),
        nullableSchemaId,
        rows.getBytes(10),
        bytes > largestRow ? "{}" : text(rows.getBytes(7)),
        time(rows.getObject(8, OffsetDateTime.class)),
        bytes > largestRow ? tooLarge(bytes) : null);
  }

  /** What is no UTF-8, as a database with the encoding SQL_ASCII may hold, is replaced. */
  private static String text(byte[] utf8) {
    return new String(utf8, UTF_8);
  }

  /** PostgreSQL's times reach from 4713 BC to the year 294276, and to infinity both ways. */
  private static @Nullable Instant time(OffsetDateTime time) {
    return time.getYear() < 0 || time.getYear() > 9999 ? null : time.toInstant();
  }

  private String tooLarge(long bytes) {
    return bytes > Integer.MAX_VALUE
        ? "its aggregate_id has more than 1,024 bytes, or its headers have more than any record may"
        : "the row has %s bytes or more, and Kafka takes no record of more than %s"
            .formatted(bytes, largestRow);
  }
}
