package dev.waybill.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.lane.RelayListener;
import dev.waybill.relay.source.Page;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Notes when a relay's first lane began and when the commit of so many events was acknowledged, and
 * the process's CPU time between the two. Thread-safe.
 */
final class DrainWatch implements RelayListener {
  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final CountDownLatch done = new CountDownLatch(1);
  private final AtomicLong left;
  private boolean begun;
  private long wallNanos;
  private long cpuNanos;

  DrainWatch(long events) {
    this.left = new AtomicLong(events);
  }

  @Override
  public synchronized void laneStarted(int lane, @Nullable Cursor cursor) {
    if (!begun) {
      begun = true;
      wallNanos = -System.nanoTime();
      cpuNanos = -system.getProcessCpuTime();
    }
  }

  @Override
  public void committed(int lane, Page page, Duration took) {
    if (left.addAndGet(-page.rows().size()) == 0) {
      end();
    }
  }

  private synchronized void end() {
    wallNanos += System.nanoTime();
    cpuNanos += system.getProcessCpuTime();
    done.countDown();
  }

  /** Returns when all events are published. */
  void await(Duration limit) throws InterruptedException {
    if (!done.await(limit.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException(left.get() + " events are not published in " + limit);
    }
  }

  synchronized long wallNanos() {
    return wallNanos;
  }

  synchronized long cpuNanos() {
    return cpuNanos;
  }
}
