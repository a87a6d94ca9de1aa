package dev.waybill.stack.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.waybill.stack.ChildJvm;
import dev.waybill.stack.JvmCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.apache.kafka.tools.ProducerPerformance;

/**
 * Kafka's ProducerPerformance with the client settings of the relay, but for transactions. It is
 * given payloads in a file; the ones that it would make itself cost it more than sending them.
 */
final class PerformanceTool {
  private static final Pattern ALL = Pattern.compile("\\d records sent, ([\\d.]+) records/sec");
  private static final Pattern WARM =
      Pattern.compile("steady state records sent, ([\\d.]+) records/sec");
  private static final int PAYLOADS = 50_000;

  /** The relay puts this many bytes before the payload. */
  private static final int WIRE_FORMAT_BYTES = 5;

  private final Stage stage;
  private final Path payloads;

  private PerformanceTool(Stage stage, Path payloads) {
    this.stage = stage;
    this.payloads = payloads;
  }

  /** Writes the payloads: random letters and digits, which lz4 finds nothing in. */
  static PerformanceTool prepare(Stage stage) throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    StringBuilder text = new StringBuilder();
    for (int payload = 0; payload < PAYLOADS; payload++) {
      for (int i = 0; i < Backlog.PAYLOAD_BYTES + WIRE_FORMAT_BYTES; i++) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      text.append('\n');
    }
    Path file = stage.folder().resolve("payloads.txt");
    Files.createDirectories(stage.folder());
    Files.writeString(file, text, US_ASCII);
    return new PerformanceTool(stage, file);
  }

  /**
   * Records per second.
   *
   * @param cold of the first half, which the tool begins with when it has just started
   * @param warm of the second half, the tool's own steady state
   */
  record Rates(double cold, double warm) {

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "%,.0f records/s just started, %,.0f warmed up", cold, warm);
    }
  }

  /** Sends so many records twice, as fast as it goes. */
  Rates send(String topic, int records) throws Exception {
    Path log = stage.folder().resolve(topic + ".log");
    List<String> arguments =
        List.of(
            "--bootstrap-server",
            stage.bootstrapServers(),
            "--topic",
            topic,
            "--num-records",
            Integer.toString(2 * records),
            "--warmup-records",
            Integer.toString(records),
            "--throughput",
            "-1",
            "--payload-file",
            payloads.toString(),
            "--command-property",
            "acks=all",
            "compression.type=lz4",
            "batch.size=262144",
            "linger.ms=20",
            "buffer.memory=33554432");
    JvmCommand command =
        new JvmCommand(
            topic, ProducerPerformance.class.getName(), RelayRun.JVM, arguments, Map.of(), log);
    try (ChildJvm tool = ChildJvm.start(command)) {
      if (tool.waitFor() != 0) {
        throw new IllegalStateException("ProducerPerformance failed:\n" + tool.lastWords());
      }
    }
    return rates(Files.readString(log), records);
  }

  private static Rates rates(String output, int records) {
    double all = last(ALL, output);
    double warm = last(WARM, output);
    return new Rates(records / (2 * records / all - records / warm), warm);
  }

  private static double last(Pattern line, String output) {
    return line.matcher(output)
        .results()
        .reduce((first, second) -> second)
        .map(last -> Double.parseDouble(last.group(1)))
        .orElseThrow(() -> new IllegalStateException("no rate in:\n" + output));
  }
}
