package dev.waybill.stack.bench;

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
 * A relay in a process of its own that drains one backlog after the other, each as if new to it.
 */
final class RelayRun {
  /** As much memory as Kafka's scripts give ProducerPerformance. */
  static final List<String> JVM = List.of("-Xmx512m");

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private RelayRun() {}

  /**
   * What one drain took, from the first lane's begin to the last commit's acknowledgement.
   *
   * @param cpuMillis of the whole process, for 1,000 events
   */
  record Drain(double perSecond, double cpuMillis) {

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "%,.0f events/s at %.2f ms CPU for 1,000", perSecond, cpuMillis);
    }
  }

  /** The first drain of a process and the second. */
  record Outcome(Drain cold, Drain warm) {

    @Override
    public String toString() {
      return "just started " + cold + ", warmed up " + warm;
    }
  }

  /** Drains the two databases in turn. */
  static Outcome drain(Stage stage, String name, List<Database> backlogs, int lanes, int events)
      throws Exception {
    Path outcome = stage.folder().resolve(name + ".outcome");
    List<String> arguments =
        new ArrayList<>(List.of(outcome.toString(), name, Integer.toString(events)));
    backlogs.forEach(backlog -> arguments.add(backlog.url()));
    JvmCommand command =
        new JvmCommand(
            name,
            RelayRun.class.getName(),
            JVM,
            arguments,
            stage.relayEnvironment(backlogs.get(0), name, lanes),
            stage.folder().resolve(name + ".log"));
    try (ChildJvm relay = ChildJvm.start(command)) {
      if (relay.waitFor() != 0) {
        throw new IllegalStateException("the relay did not finish:\n" + relay.lastWords());
      }
    }
    List<String> lines = Files.readAllLines(outcome);
    return new Outcome(drain(lines.get(0), events), drain(lines.get(1), events));
  }

  private static Drain drain(String line, int events) {
    String[] nanos = line.split(" ", -1);
    return new Drain(
        events * 1e9 / Double.parseDouble(nanos[0]),
        Double.parseDouble(nanos[1]) / 1e6 / events * 1_000);
  }

  /** Arguments: where to write the outcome, a name, how many events, JDBC URLs. */
  public static void main(String[] arguments) throws Exception {
    List<String> lines = new ArrayList<>();
    for (int i = 3; i < arguments.length; i++) {
      DrainWatch watch = new DrainWatch(Integer.parseInt(arguments[2]));
      Relay relay = Relay.start(settings(arguments[1] + "." + i, arguments[i]), watch);
      try {
        watch.await(LIMIT);
      } finally {
        relay.close();
      }
      lines.add(watch.wallNanos() + " " + watch.cpuNanos());
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
