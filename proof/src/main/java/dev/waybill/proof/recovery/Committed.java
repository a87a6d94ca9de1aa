package dev.waybill.proof.recovery;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** What committed in A. */
final class Committed {
  private static final int BATCH = 20_000;

  private final DSLContext database;
  private long from;

  /**
   * An event.
   *
   * @param at when its transaction began
   * @param erasure whether its order was erased, of which B notifies nobody
   */
  record Event(UUID id, Instant at, boolean erasure) {}

  Committed(DataSource dataSource) {
    this.database = DSL.using(dataSource, SQLDialect.POSTGRES);
  }

  /** From now on knows of no events before these; so that what is remembered costs nothing. */
  void beginHere() {
    from =
        database.fetchSingle("SELECT coalesce(max(seq), 0) FROM outbox_event").get(0, Long.class);
  }

  /** In the order of their times. */
  List<Event> since(Instant time) {
    return database
        .fetch(
            """
            SELECT event_id, occurred_at, payload IS NULL FROM outbox_event
            WHERE seq > ? AND occurred_at >= CAST(? AS timestamptz) ORDER BY occurred_at
            """,
            from,
            time.atOffset(ZoneOffset.UTC))
        .map(
            row ->
                new Event(
                    row.get(0, UUID.class),
                    row.get(1, OffsetDateTime.class).toInstant(),
                    row.get(2, Boolean.class)));
  }

  /**
   * Writes orders as if they had been placed, each with its event: copies, under ids of their own,
   * of one that was; returns its customer.
   */
  String copyAnOrder(int copies) {
    String copy =
        """
        WITH model AS (
          SELECT o.*, e.event_type, e.aggregate_type, e.schema_id, e.payload, e.headers,
                 position(convert_to(o.order_id::text, 'UTF8') IN e.payload) AS place
          FROM orders o JOIN outbox_event e ON e.aggregate_id = o.order_id::text
          WHERE e.aggregate_version = 1 AND o.version = 1 LIMIT 1
        ), copies AS MATERIALIZED (
          SELECT uuidv7() AS id FROM generate_series(1, ?)
        ), placed AS (
          INSERT INTO orders (order_id, customer_id, status, lines, total, currency, version,
                              placed_at, updated_at)
          SELECT id, customer_id, status, lines, total, currency, version, placed_at, updated_at
          FROM copies, model
        )
        INSERT INTO outbox_event (slot, event_id, aggregate_type, aggregate_id, aggregate_version,
                                  event_type, schema_id, payload, headers)
        SELECT crc32c(convert_to(id::text, 'UTF8')) % 256, uuidv7(), aggregate_type, id::text, 1,
               event_type, schema_id,
               overlay(payload PLACING convert_to(id::text, 'UTF8') FROM place FOR 36), headers
        FROM copies, model
        """;
    for (int left = copies; left > 0; left -= BATCH) {
      int wanted = Math.min(BATCH, left);
      int written = database.execute(copy, wanted);
      if (written != wanted) {
        throw new IllegalStateException("wrote %s of %s copies".formatted(written, wanted));
      }
    }
    return database
        .fetchSingle("SELECT customer_id::text FROM orders LIMIT 1")
        .get(0, String.class);
  }
}
