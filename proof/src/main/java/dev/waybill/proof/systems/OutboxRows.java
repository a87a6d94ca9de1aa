package dev.waybill.proof.systems;

import dev.waybill.proof.ledger.Committed;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** The rows that were ever found in A's outbox, each once: some are gone when they were pruned. */
public final class OutboxRows {
  private final Map<UUID, Committed> rows = new LinkedHashMap<>();

  /** Adds those that are there now. */
  public synchronized void read(DataSource database) {
    DSL.using(database, SQLDialect.POSTGRES)
        .fetch(
            """
            SELECT seq, event_id, aggregate_id, aggregate_version,
                   encode(substring(sha256(payload) FROM 1 FOR 16), 'hex'), occurred_at
            FROM outbox_event ORDER BY seq
            """)
        .forEach(
            row -> {
              UUID id = row.get(1, UUID.class);
              rows.putIfAbsent(
                  id,
                  new Committed(
                      row.get(0, Long.class),
                      id,
                      row.get(2, String.class),
                      row.get(3, Long.class),
                      row.get(4, String.class),
                      row.get(5, OffsetDateTime.class).toInstant().toEpochMilli()));
            });
  }

  /** All of them, in the order in which they were first found. */
  public synchronized List<Committed> all() {
    return List.copyOf(rows.values());
  }
}
