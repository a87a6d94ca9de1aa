package dev.waybill.stack.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.waybill.relay.Relay;
import dev.waybill.relay.RelayListener;
import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.source.Page;
import dev.waybill.runtime.Settings;
import dev.waybill.stack.ChildJvm;
import dev.waybill.stack.JvmCommand;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A relay in a process of its own that notes when its first lane began and when the last event's
 * commit was acknowledged, and the CPU time between the two.
 */
final class RelayRun {
  /** As much memory as Kafka's scripts give ProducerPerformance. */
  static final List<String> JVM = List.of("-Xmx512m");

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private RelayRun() {}

  /**
   * What a drain took.
   *
   * @param cpuMillis for 1,000 events
   */
  record Outcome(double eventsPerSecond, double cpuMillis) {}

  /** Starts the relay, and ends it when it has published that many events. */
  static Outcome drain(Stage stage, String name, Map<String, String> environment, int events)
      throws Exception {
    Path outcome = stage.folder().resolve(name + ".outcome");
    JvmCommand command =
        new JvmCommand(
            name,
            RelayRun.class.getName(),
            JVM,
            List.of(Integer.toString(events), outcome.toString()),
            environment,
            stage.folder().resolve(name + ".log"));
    try (ChildJvm relay = ChildJvm.start(command)) {
      if (relay.waitFor() != 0) {
        throw new IllegalStateException("the relay did not finish:\n" + relay.lastWords());
      }
    }
    String[] numbers = Files.readString(outcome).split(" ", -1);
    double wallNanos = Double.parseDouble(numbers[0]);
    double cpuNanos = Double.parseDouble(numbers[1]);
    return new Outcome(events * 1e9 / wallNanos, cpuNanos / 1e6 / events * 1_000);
  }

  /** Arguments: how many events to wait for, and the file to write the outcome to. */
  public static void main(String[] arguments) throws Exception {
    Watch watch = new Watch(Integer.parseInt(arguments[0]));
    Relay relay = Relay.start(new Settings(System.getenv()), watch);
    try {
      if (!watch.done.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(watch.left.get() + " events are not published in " + LIMIT);
      }
    } finally {
      relay.close();
    }
    Files.writeString(Path.of(arguments[1]), watch.wallNanos + " " + watch.cpuNanos);
  }

  private static final class Watch implements RelayListener {
    private final OperatingSystemMXBean system =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicLong left;
    private boolean begun;
    private volatile long wallNanos;
    private volatile long cpuNanos;

    Watch(long events) {
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
  }
}
