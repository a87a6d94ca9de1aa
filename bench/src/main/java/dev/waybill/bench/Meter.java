package dev.waybill.bench;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/**
 * Reads what the processes that move events have used so far, by the operating system's count (on
 * Linux in steps of 10 ms): the mover, the broker, and PostgreSQL with all its sessions. A session
 * that ended between two readings is not in their difference.
 */
final class Meter {
  private final long mover;
  private final long broker;
  private final long postgres;
  private final DoubleSupplier commits;

  /**
   * @param mover its process id, as the next two are
   * @param commits how many Kafka transactions the mover has committed so far
   */
  Meter(long mover, long broker, long postgres, DoubleSupplier commits) {
    this.mover = mover;
    this.broker = broker;
    this.postgres = postgres;
    this.commits = commits;
  }

  /** CPU in nanoseconds since each process began; PostgreSQL's by process id. */
  record Reading(long nanos, long mover, long broker, Map<Long, Long> postgres, double commits) {

    Use until(Reading later) {
      long sessions = 0;
      for (Map.Entry<Long, Long> process : later.postgres.entrySet()) {
        sessions += process.getValue() - postgres.getOrDefault(process.getKey(), 0L);
      }
      return new Use(
          (later.nanos - nanos) / 1e9,
          (later.mover - mover) / 1e9,
          (later.broker - broker) / 1e9,
          sessions / 1e9,
          later.commits - commits);
    }
  }

  Reading read() {
    Map<Long, Long> sessions = new HashMap<>();
    ProcessHandle.of(postgres).stream()
        .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()))
        .forEach(process -> sessions.put(process.pid(), cpuNanos(process)));
    return new Reading(
        System.nanoTime(), cpuNanos(mover), cpuNanos(broker), sessions, commits.getAsDouble());
  }

  /** Since the process began, in nanoseconds; 0 when there is none. */
  static long cpuNanos(long pid) {
    return ProcessHandle.of(pid).map(Meter::cpuNanos).orElse(0L);
  }

  private static long cpuNanos(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }
}
