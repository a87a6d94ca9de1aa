package dev.waybill.stack.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.waybill.registry.WireFormat;
import dev.waybill.stack.ChildJvm;
import dev.waybill.stack.JvmCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
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
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final int PAYLOADS = 50_000;

  private final Stage stage;
  private final Path payloads;

  private PerformanceTool(Stage stage, Path payloads) {
    this.stage = stage;
    this.payloads = payloads;
  }

  /**
   * With records that are what the relay's values are: random bytes, which lz4 finds nothing in.
   */
  static PerformanceTool ofValues(Stage stage) throws IOException {
    return prepare(stage, "values.txt", "");
  }

  /**
   * With records as large as the relay's are with key and headers: the tool has no use for either,
   * so what is in them becomes payload.
   */
  static PerformanceTool ofWholeRecords(Stage stage) throws IOException {
    return prepare(
        stage,
        "records.txt",
        "%1$sce_specversion1.0ce_id%2$sce_source/waybill/ordersce_typeParcelAcceptedce_subject%1$s"
            + "ce_time2026-01-31T12:00:00.123456Zce_sequence1content-typeapplication/avro");
  }

  private static PerformanceTool prepare(Stage stage, String name, String form) throws IOException {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder();
    for (int payload = 0; payload < PAYLOADS; payload++) {
      for (int i = 0; i < Backlog.PAYLOAD_BYTES + WireFormat.HEADER_BYTES; i++) {
        text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
      text.append(form.formatted(uuid(random), uuid(random))).append('\n');
    }
    Path file = stage.folder().resolve(name);
    Files.writeString(file, text, US_ASCII);
    return new PerformanceTool(stage, file);
  }

  private static UUID uuid(Random random) {
    return new UUID(random.nextLong(), random.nextLong());
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
