package dev.waybill.relay.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.CursorFormat;
import dev.waybill.relay.cursor.LaneCursor;
import dev.waybill.relay.cursor.Layout;
import dev.waybill.relay.cursor.Slots;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lane that publishes nowhere: it remembers what it would have published, as {@code
 * aggregate:version}, and keeps the cursor in the form in which Kafka would.
 */
final class LaneUnderTest implements AutoCloseable {
  private static final Duration REWIND = Duration.ofHours(24);

  private final OutboxDatabase database;
  private final Slots slots;
  private final PageLimits limits;
  private final List<String> published = new ArrayList<>();
  private OutboxReader reader;
  private @Nullable Cursor cursor;
  private byte @Nullable [] stored;
  private @Nullable Page lastPage;

  LaneUnderTest(OutboxDatabase database, Slots slots, PageLimits limits) throws SQLException {
    this.database = database;
    this.slots = slots;
    this.limits = limits;
    this.reader = open();
  }

  static LaneUnderTest of(int rows, int bytes) throws SQLException {
    return new LaneUnderTest(SharedServer.outbox(), Slots.ALL, new PageLimits(rows, bytes));
  }

  /** All slots, with pages that nothing in these tests fills. */
  static LaneUnderTest withLargePages() throws SQLException {
    return of(1_000, 1 << 20);
  }

  private OutboxReader open() throws SQLException {
    return OutboxReader.open(database, slots, limits, REWIND, Clock.systemUTC());
  }

  /** Publishes one page. */
  List<String> page() throws SQLException {
    Page page = reader.read(cursor);
    List<String> rows = page.rows().stream().map(LaneUnderTest::name).toList();
    published.addAll(rows);
    cursor = page.next();
    lastPage = page;
    if (page.isToPublish()) {
      stored =
          CursorFormat.encode(
              new LaneCursor(new Layout(1, 1), slots, page.next(), null, List.of(), List.of()));
    }
    return rows;
  }

  /** Publishes until nothing is left. */
  List<String> drain() throws SQLException {
    List<String> rows = new ArrayList<>();
    do {
      rows.addAll(page());
    } while (lastPage().isToPublish() || lastPage().next().window() != null);
    return rows;
  }

  /** Where the lane stands when nothing is left. */
  Cursor drained() throws SQLException {
    drain();
    return cursor();
  }

  /** All rows that are left, as they were read. */
  List<OutboxRow> rows() throws SQLException {
    List<OutboxRow> rows = new ArrayList<>();
    do {
      page();
      rows.addAll(lastPage().rows());
    } while (lastPage().isToPublish() || lastPage().next().window() != null);
    return rows;
  }

  Page lastPage() {
    if (lastPage == null) {
      throw new IllegalStateException("nothing was read");
    }
    return lastPage;
  }

  List<String> published() {
    return published;
  }

  /** The next owner: another connection, and the cursor that is in Kafka. */
  LaneUnderTest restart() throws SQLException {
    return restartFrom(stored());
  }

  /** The cursor that is in Kafka. */
  @Nullable Cursor stored() {
    return stored == null ? null : CursorFormat.decode(stored, 0).position();
  }

  LaneUnderTest restartFrom(@Nullable Cursor other) throws SQLException {
    reader.close();
    reader = open();
    cursor = other;
    return this;
  }

  Cursor cursor() {
    if (cursor == null) {
      throw new IllegalStateException("nothing was read");
    }
    return cursor;
  }

  private static String name(OutboxRow row) {
    return new String(row.aggregateId(), UTF_8) + ":" + row.aggregateVersion();
  }

  @Override
  public void close() throws SQLException {
    reader.close();
  }
}
