package dev.waybill.bench;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.lane.RelayListener;
import dev.waybill.relay.source.Page;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads a meter when a relay's first lane began and when the commit of so many events was
 * acknowledged. Thread-safe.
 */
final class DrainWatch implements RelayListener {
  private final Meter meter;
  private final AtomicLong commits = new AtomicLong();
  private final AtomicLong left;
  private final CompletableFuture<Meter.Reading> begin = new CompletableFuture<>();
  private final CompletableFuture<Meter.Reading> end = new CompletableFuture<>();

  /**
   * @param broker process id
   * @param postgres process id
   */
  DrainWatch(long events, long broker, long postgres) {
    this.left = new AtomicLong(events);
    this.meter = new Meter(ProcessHandle.current().pid(), broker, postgres, commits::get);
  }

  @Override
  public synchronized void laneStarted(int lane, @Nullable Cursor cursor) {
    if (!begin.isDone()) {
      begin.complete(meter.read());
    }
  }

  @Override
  public void committed(int lane, Page page, Duration took) {
    commits.incrementAndGet();
    if (left.addAndGet(-page.rows().size()) == 0) {
      end.complete(meter.read());
    }
  }

  /** Returns when all events are published. */
  Use await(Duration limit) throws InterruptedException, ExecutionException {
    try {
      Meter.Reading last = end.get(limit.toSeconds(), TimeUnit.SECONDS);
      return begin.get().until(last);
    } catch (TimeoutException late) {
      throw new IllegalStateException(left.get() + " events are not published in " + limit, late);
    }
  }
}
