package dev.waybill.bench;

import dev.waybill.relay.Relay;
import dev.waybill.runtime.Settings;
import dev.waybill.stack.ChildJvm;
import dev.waybill.stack.JvmCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A relay in a process of its own that drains backlogs: one when it has just started, the same
 * again until it is warmed up, each time as if new to it, and then another one.
 */
final class RelayRun {
  /** As much memory as Kafka's scripts give ProducerPerformance. */
  static final List<String> JVM = List.of("-Xmx512m");

  /** After as many drains the compiler has little left to do. */
  static final int WARM_UP_DRAINS = 8;

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private RelayRun() {}

  /** What one drain took, from the first lane's begin to the last commit's acknowledgement. */
  record Drain(int events, Use use) {
    double perSecond() {
      return events / use.seconds();
    }

    /** CPU for 1,000 events. */
    double millis(double cpuSeconds) {
      return cpuSeconds * 1_000 / events * 1_000;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%,.0f events/s at %.2f ms CPU for 1,000 (broker %.2f, PostgreSQL %.2f), %,.0f"
              + " transactions/s",
          perSecond(),
          millis(use.mover()),
          millis(use.broker()),
          millis(use.postgres()),
          use.commitsPerSecond());
    }
  }

  /** What a process just started took, and what it took when warmed up. */
  record Outcome(Drain cold, Drain warm) {

    @Override
    public String toString() {
      return "just started " + cold + ", warmed up " + warm;
    }
  }

  /** Drains both databases, the first one often. */
  static Outcome drain(Stage stage, String name, Database first, Database second, int events)
      throws Exception {
    Path outcome = stage.folder().resolve(name + ".outcome");
    List<String> arguments =
        List.of(
            outcome.toString(),
            name,
            Integer.toString(events),
            first.url(),
            second.url(),
            Long.toString(stage.brokerPid()),
            Long.toString(stage.postgresPid()));
    JvmCommand command =
        new JvmCommand(
            name,
            RelayRun.class.getName(),
            JVM,
            arguments,
            stage.relayEnvironment(first, name),
            stage.folder().resolve(name + ".log"));
    try (ChildJvm relay = ChildJvm.start(command)) {
      if (relay.waitFor() != 0) {
        throw new IllegalStateException("the relay did not finish:\n" + relay.lastWords());
      }
    }
    List<String> lines = Files.readAllLines(outcome);
    return new Outcome(drain(lines.get(0), events), drain(lines.get(lines.size() - 1), events));
  }

  private static Drain drain(String line, int events) {
    return new Drain(events, Use.parse(line));
  }

  /** Arguments: where to write the outcome, a name, how many events, two JDBC URLs, two pids. */
  public static void main(String[] arguments) throws Exception {
    List<String> lines = new ArrayList<>();
    for (int time = 0; time <= WARM_UP_DRAINS; time++) {
      DrainWatch watch =
          new DrainWatch(
              Long.parseLong(arguments[2]),
              Long.parseLong(arguments[5]),
              Long.parseLong(arguments[6]));
      String url = arguments[time < WARM_UP_DRAINS ? 3 : 4];
      Relay relay = Relay.start(settings(arguments[1] + "." + time, url), watch);
      try {
        lines.add(watch.await(LIMIT).line());
      } finally {
        relay.close();
      }
    }
    Files.write(Path.of(arguments[0]), lines);
  }

  private static Settings settings(String name, String url) {
    Map<String, String> environment = new TreeMap<>(System.getenv());
    environment.put("DATABASE_URL", url);
    environment.put("RELAY_NAME", name);
    environment.put("RELAY_TOPIC", name);
    environment.put("RELAY_CURSOR_TOPIC", name + ".cursors");
    return new Settings(environment);
  }
}
