package dev.waybill.relay.lane;

import dev.waybill.relay.cursor.CursorRecords;
import dev.waybill.relay.cursor.Layout;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which lanes there are, as far as can be read without waiting, and not older than a second when it
 * is asked. Each answer is as new as the one before, or newer. Thread-safe.
 */
final class LayoutWatch implements AutoCloseable {
  private static final Duration MAX_AGE = Duration.ofSeconds(1);

  private final CursorTopic cursors;
  private @Nullable CursorRecords records;
  private volatile Optional<Layout> layout = Optional.empty();
  private long readAt = System.nanoTime() - MAX_AGE.toNanos();
  private long readTo;

  LayoutWatch(CursorTopic cursors) {
    this.cursors = cursors;
  }

  /**
   * The layout; empty when there is none yet.
   *
   * @throws org.apache.kafka.common.KafkaException when the broker is away
   * @throws dev.waybill.relay.cursor.UnreadableCursorException when a newer version has written it
   */
  synchronized Optional<Layout> layout() {
    if (System.nanoTime() - readAt < MAX_AGE.toNanos()) {
      return layout;
    }
    CursorRecords open = records;
    if (open == null) {
      open = cursors.records();
      records = open;
    }
    try {
      long end = open.readableEnd(0);
      if (end != readTo) {
        Layout next = open.layout(end < readTo ? 0 : readTo, end);
        layout = next == null ? layout : Optional.of(next);
        readTo = end;
      }
      readAt = System.nanoTime();
      return layout;
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  /** Whether there is another one, as far as anybody has asked. Returns at once. */
  boolean isNot(Layout known) {
    return layout.filter(last -> !last.equals(known)).isPresent();
  }

  /** To be asked when it is known to have changed. */
  synchronized void forget() {
    readAt = System.nanoTime() - MAX_AGE.toNanos();
  }

  @Override
  public synchronized void close() {
    if (records != null) {
      records.close();
      records = null;
    }
  }
}
