package dev.waybill.relay.prune;

import dev.waybill.relay.cursor.CursorRecords;
import dev.waybill.relay.cursor.LaneCursor;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

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

  @Override
  public Optional<LaneCursor> of(int lane) {
    return records.has(lane)
        ? Optional.ofNullable(records.last(lane, records.readableEnd(lane)))
        : Optional.empty();
  }

  @Override
  public void close() {
    records.close();
  }
}
