package dev.waybill.relay.prune;

import dev.waybill.relay.cursor.CursorRecords;
import dev.waybill.relay.cursor.LaneCursor;
import dev.waybill.relay.cursor.Layout;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The cursors of a relay that may be running: of each lane the last one before the first open
 * transaction. A newer one may be there already; an older one only says less. Used by one thread;
 * blocks on the broker.
 */
public final class CommittedCursors implements LaneCursors, AutoCloseable {
  private static final Duration READ_LIMIT = Duration.ofSeconds(30);

  private final CursorRecords records;

  /**
   * Connects to nothing yet.
   *
   * @param relay the relay's name
   * @param topic of the cursors
   * @param clientConfig settings of Kafka's clients, among them the servers
   */
  public CommittedCursors(String relay, String topic, Map<String, Object> clientConfig) {
    this.records = new CursorRecords(relay, topic, clientConfig, READ_LIMIT);
  }

  /** While lanes are being changed, those from before: they say less, and nothing wrong. */
  @Override
  public List<LaneCursor> all() {
    Layout now = records.layout();
    Layout layout = now == null || now.before() == null ? now : now.before();
    return layout == null || layout.generation() == 0 ? List.of() : records.lanes(layout);
  }

  @Override
  public void close() {
    records.close();
  }
}
