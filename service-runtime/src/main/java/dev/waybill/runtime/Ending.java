package dev.waybill.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a service once, when its process is asked to or it cannot go on, also while it is still
 * starting: then the starting thread is interrupted, and has to give up or to finish. Thread-safe.
 */
final class Ending implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Ending.class);
  private static final long START_LIMIT_SECONDS = 30;

  private final String name;
  private final Thread starter;
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable Service service;
  private volatile boolean asked;

  Ending(String name, Thread starter) {
    this.name = name;
    this.starter = starter;
  }

  /** The start is over; null when it failed, and nothing is left to be closed. */
  void started(@Nullable Service newService) {
    service = newService;
    started.countDown();
  }

  /** Whether the service was asked to end, or has to. */
  boolean isAsked() {
    return asked;
  }

  /** Waits for the service to be closed; whether it is. */
  boolean isClosedWithin(Duration limit) throws InterruptedException {
    return closed.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Closes the service; blocks until that is done, by whomever it was begun. */
  @Override
  public synchronized void run() {
    if (closed.getCount() == 0) {
      return;
    }
    asked = true;
    try {
      if (started.getCount() > 0) {
        log.info("{} is stopping before it has started", name);
        starter.interrupt();
        if (!started.await(START_LIMIT_SECONDS, TimeUnit.SECONDS)) {
          log.warn("{} did not give up starting within {} s", name, START_LIMIT_SECONDS);
        }
      }
      Service running = service;
      if (running != null) {
        log.info("{} is stopping", name);
        running.close();
        log.info("{} stopped", name);
      }
    } catch (InterruptedException | RuntimeException failure) {
      log.error("{} did not stop cleanly", name, failure);
    } finally {
      closed.countDown();
    }
  }
}
