package dev.waybill.producer.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Counts what a run did. Thread-safe. */
final class LoadMeters {
  private static final long MAX_MICROS = TimeUnit.HOURS.toMicros(1);
  private static final int FAILURES_KEPT = 10;

  private final long startNanos = System.nanoTime();
  private final LongAdder sent = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder retried = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final ConcurrentHistogram micros = new ConcurrentHistogram(MAX_MICROS, 3);
  private final List<String> failures = new ArrayList<>();

  void sent() {
    sent.increment();
  }

  void acknowledged(long dueNanos, long answeredNanos) {
    long late = TimeUnit.NANOSECONDS.toMicros(answeredNanos - dueNanos);
    micros.recordValue(Math.max(0, Math.min(late, MAX_MICROS)));
  }

  void retried() {
    retried.increment();
  }

  void repeated() {
    repeated.increment();
  }

  void failed(long requests, String why) {
    failed.add(requests);
    synchronized (failures) {
      if (failures.size() < FAILURES_KEPT) {
        failures.add(why);
      }
    }
  }

  List<String> failures() {
    synchronized (failures) {
      return List.copyOf(failures);
    }
  }

  LoadProgress progress() {
    Histogram latencies = micros.copy();
    return new LoadProgress(
        sent.sum(),
        latencies.getTotalCount(),
        failed.sum(),
        retried.sum(),
        repeated.sum(),
        Duration.ofNanos(System.nanoTime() - startNanos),
        micros(latencies.getValueAtPercentile(50)),
        micros(latencies.getValueAtPercentile(99)),
        micros(latencies.getMaxValue()));
  }

  private static Duration micros(long micros) {
    return Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(micros));
  }
}
