package dev.waybill.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.waybill.registry.WireFormat;
import dev.waybill.stack.ChildJvm;
import dev.waybill.stack.JvmCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  private static final Pattern RATE = Pattern.compile("records sent, ([\\d.]+) records/sec");
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
   * With records that are what the relay's values are: random bytes, in which no compression finds
   * anything.
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
   * Sends as fast as it goes.
   *
   * @param warmUp how many records to send before those that are timed
   * @return records per second, by the tool's own count
   */
  double send(String topic, int warmUp, int records) throws Exception {
    Path log = stage.folder().resolve(topic + ".log");
    List<String> arguments =
        List.of(
            "--bootstrap-server",
            stage.bootstrapServers(),
            "--topic",
            topic,
            "--num-records",
            Integer.toString(warmUp + records),
            "--warmup-records",
            Integer.toString(warmUp),
            "--throughput",
            "-1",
            "--payload-file",
            payloads.toString(),
            "--command-property",
            "acks=all",
            "compression.type=none",
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
    return rate(Files.readString(log));
  }

  /** The last rate in the output, which is that of the records that are timed. */
  private static double rate(String output) {
    double rate =
        RATE.matcher(output)
            .results()
            .mapToDouble(line -> Double.parseDouble(line.group(1)))
            .reduce(0, (first, second) -> second);
    if (rate == 0) {
      throw new IllegalStateException("no rate in ProducerPerformance's output:\n" + output);
    }
    return rate;
  }
}
