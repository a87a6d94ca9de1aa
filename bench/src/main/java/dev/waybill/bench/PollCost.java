package dev.waybill.bench;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.Slots;
import dev.waybill.relay.source.OutboxDatabase;
import dev.waybill.relay.source.OutboxReader;
import dev.waybill.relay.source.Page;
import dev.waybill.relay.source.PageLimits;
import dev.waybill.stack.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a poll costs that finds nothing, while one transaction, which wrote a row, has been open
 * since before a million rows committed: the relay's own reader, with a cursor that has seen the
 * million. Time is the client's; buffers are counted by PostgreSQL.
 */
final class PollCost implements Measurement {
  private static final String NAME = "poll";
  private static final int WARM_UP = 2_000;
  private static final int POLLS = 5_000;

  private static final String OPEN =
      """
      INSERT INTO outbox_event (slot, event_id, aggregate_type, aggregate_id, aggregate_version,
                                event_type)
      VALUES (0, gen_random_uuid(), 'parcel', 'late', 1, 'ParcelLost')
      """;

  private static final String BUFFERS =
      """
      SELECT heap_blks_hit + heap_blks_read + idx_blks_hit + idx_blks_read
      FROM pg_statio_user_tables WHERE relname = 'outbox_event'
      """;

  @Override
  public List<Result> run(Stage stage) throws Exception {
    Database database = stage.newDatabase("poll");
    int rows = stage.scale().rows() * 2;
    List<Double> millis;
    double buffers;
    try (Connection open = database.source().getConnection();
        Statement late = open.createStatement()) {
      open.setAutoCommit(false);
      late.execute(OPEN);
      Backlog.fill(database.source(), rows);
      try (OutboxReader reader = reader(database)) {
        Cursor cursor = current(reader);
        long before = buffers(database);
        millis = poll(reader, cursor);
        buffers = (double) (buffers(database) - before) / (WARM_UP + POLLS);
      }
      open.rollback();
    }
    stage.drop(database);
    String behind = String.format(Locale.ROOT, "%,d rows behind one open transaction", rows);
    return List.of(
        Result.of(NAME, "poll, " + behind, Percentiles.of(millis, 0.5), "ms")
            .against(Target.below(1, "ms")),
        Result.of(NAME, "poll, p99", Percentiles.of(millis, 0.99), "ms"),
        Result.of(NAME, "buffers that a poll touches", buffers, "pages"));
  }

  private static List<Double> poll(OutboxReader reader, Cursor from) throws SQLException {
    Cursor cursor = from;
    List<Double> millis = new ArrayList<>();
    for (int poll = 0; poll < WARM_UP + POLLS; poll++) {
      long begun = System.nanoTime();
      Page page = reader.read(cursor);
      if (poll >= WARM_UP) {
        millis.add((System.nanoTime() - begun) / 1e6);
      }
      if (!page.rows().isEmpty()) {
        throw new IllegalStateException("a poll found rows that the cursor had seen");
      }
      cursor = page.next();
    }
    return millis;
  }

  /** A cursor that has seen everything that has committed. */
  private static Cursor current(OutboxReader reader) throws SQLException {
    Page page = reader.read(null);
    while (!page.rows().isEmpty()) {
      page = reader.read(page.next());
    }
    return page.next();
  }

  static OutboxReader reader(Database database) throws SQLException {
    return OutboxReader.open(
        new OutboxDatabase(database.url(), PostgresServer.USER, null, null),
        Slots.ALL,
        new PageLimits(5_000, 8 << 20),
        Duration.ofHours(24),
        Clock.systemUTC());
  }

  /** That have been touched in table and indexes so far, as far as PostgreSQL was told. */
  static long buffers(Database database) throws SQLException {
    return Long.parseLong(database.value(BUFFERS));
  }
}
