package dev.waybill.bench;

import dev.waybill.stack.cli.Folder;
import dev.waybill.stack.cli.Waybill;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code waybill bench}: measures each hop on an embedded stack and prints what it found. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description =
        "Measures how fast each hop is, as ratios of two sides that take turns on this machine.",
    footer = {
      "Measurements: drain, latency, deduplication, append, poll, start, growth, console; and with --peer"
          + " the peer (docs/performance.md).",
      "Exit status: 0 when all were made, whatever they show; 1 when one failed; 2 wrong options."
    })
public final class BenchCommand implements Callable<Integer> {
  static final Map<String, Measurement> MEASUREMENTS = measurements();

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description = "Make only these measurements.")
  private @Nullable List<String> only;

  @Option(
      names = "--peer",
      paramLabel = "NAME",
      description =
          "Run the relay beside ${COMPLETION-CANDIDATES}, which is fetched for it (0.8 GB); this"
              + " alone, unless --only names others.")
  private @Nullable Peer peer;

  @Option(
      names = "--rows",
      defaultValue = "500000",
      paramLabel = "N",
      description = "Rows of a backlog (default: ${DEFAULT-VALUE}).")
  private int rows;

  @Option(
      names = "--largest",
      defaultValue = "10000000",
      paramLabel = "N",
      description = "Rows of the largest table of growth (default: ${DEFAULT-VALUE}).")
  private long largest;

  @Option(names = "--quick", description = "A tenth of everything, for trying out.")
  private boolean quick;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the results there too.")
  private @Nullable Path json;

  @Option(
      names = "--dir",
      converter = Folder.class,
      defaultValue = ".waybill/bench",
      paramLabel = "FOLDER",
      description = "Folder of data and logs, emptied first (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of(".waybill/bench");

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  /** What the relay can be compared with. */
  enum Peer {
    debezium
  }

  private static Map<String, Measurement> measurements() {
    Map<String, Measurement> all = new LinkedHashMap<>();
    all.put("drain", new DrainRate());
    all.put("latency", new CommitToReader());
    all.put("deduplication", new Deduplicating());
    all.put("append", new AppendCost());
    all.put("poll", new PollCost());
    all.put("start", new StartTime());
    all.put("growth", new Growth());
    all.put("console", new ConsoleCost());
    return all;
  }

  public static void main(String[] arguments) {
    System.exit(Waybill.run(arguments, BenchCommand.class));
  }

  @Override
  public Integer call() throws Exception {
    List<Measurement> chosen = new ArrayList<>(names().stream().map(this::measurement).toList());
    Scale scale = quick ? new Scale(rows / 10, 0.1, largest / 10) : new Scale(rows, 1, largest);
    PrintWriter out = spec.commandLine().getOut();
    Progress progress = new Progress(out);
    if (peer != null) {
      chosen.add(new BesidePeer(DebeziumDistribution.fetch(progress)));
    }
    List<Result> results = run(chosen, folder.toAbsolutePath(), scale, progress);
    out.println();
    ReportTable.lines(results).forEach(out::println);
    out.flush();
    if (json != null) {
      Files.writeString(json, ReportJson.of(results, scale, Instant.now()));
    }
    return 0;
  }

  private Collection<String> names() {
    if (only != null) {
      return only;
    }
    return peer == null ? MEASUREMENTS.keySet() : List.of();
  }

  private Measurement measurement(String name) {
    Measurement measurement = MEASUREMENTS.get(name);
    if (measurement == null) {
      throw new ParameterException(
          spec.commandLine(), "no measurement " + name + "; there are " + MEASUREMENTS.keySet());
    }
    return measurement;
  }

  private List<Result> run(List<Measurement> chosen, Path emptied, Scale scale, Progress progress)
      throws Exception {
    List<Result> results = new ArrayList<>();
    try (Stage stage = Stage.open(emptied, scale, progress, peer != null)) {
      Runtime.getRuntime().addShutdownHook(new Thread(stage::abandon, "stop the benchmark"));
      for (Measurement measurement : chosen) {
        results.addAll(measurement.run(stage));
      }
    }
    return results;
  }
}
