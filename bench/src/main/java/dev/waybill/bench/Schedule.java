package dev.waybill.bench;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * So many events, each due at its own time, whether or not the ones before it are done: what is
 * late is written at once, and no event is left out. When each was done is kept, by number.
 */
final class Schedule {
  private final int events;
  private final long intervalNanos;
  private final long[] due;
  private final long[] begun;
  private final long[] done;

  Schedule(int events, int perSecond) {
    this.events = events;
    this.intervalNanos = 1_000_000_000L / perSecond;
    this.due = new long[events];
    this.begun = new long[events];
    this.done = new long[events];
  }

  /** One of the writers, used by one thread. */
  interface Writer extends AutoCloseable {
    @Override
    void close() throws SQLException;

    /** Writes the event; returns when it is done. */
    void write(int event) throws Exception;
  }

  /** Opens writers. */
  interface Opener {
    /** How many write at once. */
    int writers();

    Writer open() throws Exception;
  }

  /** Writes all events; returns when all are done. */
  void run(Opener opener) throws Exception {
    int writers = opener.writers();
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    List<Writer> open = new ArrayList<>();
    try {
      for (int number = 0; number < writers; number++) {
        open.add(opener.open());
      }
      long start = System.nanoTime() + 100_000_000L;
      List<Future<?>> running = new ArrayList<>();
      for (int number = 0; number < writers; number++) {
        int first = number;
        running.add(threads.submit(() -> write(open.get(first), first, writers, start)));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
      for (Writer one : open) {
        one.close();
      }
    }
  }

  private Void write(Writer writer, int first, int step, long start) throws Exception {
    for (int event = first; event < events; event += step) {
      due[event] = start + event * intervalNanos;
      awaitTime(due[event]);
      begun[event] = System.nanoTime();
      writer.write(event);
      done[event] = System.nanoTime();
    }
    return null;
  }

  private static void awaitTime(long nanos) {
    for (long early = nanos - System.nanoTime(); early > 0; early = nanos - System.nanoTime()) {
      LockSupport.parkNanos(early);
    }
  }

  int events() {
    return events;
  }

  /** When the event was due, in {@link System#nanoTime}. */
  long dueNanos(int event) {
    return due[event];
  }

  /** When the writer began with the event, in {@link System#nanoTime}. */
  long begunNanos(int event) {
    return begun[event];
  }

  /** When the writer was done with the event, in {@link System#nanoTime}. */
  long doneNanos(int event) {
    return done[event];
  }
}
