package dev.waybill.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Compares the serializer and the deserializer with plain Avro and with what is usually done for
 * each record, on a record like an event of an order. Each way runs in JVMs of its own, so that
 * none pays for the classes that another one loaded; the ways take turns, and the best of all turns
 * counts. {@code docs/schema-registry.md} has the command.
 */
final class SerdeBenchmark {
  private static final int TURNS = 3;

  private SerdeBenchmark() {}

  public static void main(String[] args) throws Exception {
    if (args.length == 1) {
      measure(BenchmarkedWay.valueOf(args[0]));
    } else {
      compare();
    }
  }

  private static void compare() throws Exception {
    Map<String, Map<BenchmarkedWay, Cost>> best = new LinkedHashMap<>();
    for (int turn = 1; turn <= TURNS; turn++) {
      for (BenchmarkedWay way : BenchmarkedWay.values()) {
        System.out.printf(Locale.ROOT, "turn %s of %s: %s%n", turn, TURNS, way);
        for (String line : inItsOwnJvm(way)) {
          String operation = line.substring(0, line.indexOf(' '));
          best.computeIfAbsent(operation, name -> new EnumMap<>(BenchmarkedWay.class))
              .merge(way, Cost.parse(line.substring(operation.length() + 1)), Cost::better);
        }
      }
    }
    best.forEach(SerdeBenchmark::print);
  }

  private static List<String> inItsOwnJvm(BenchmarkedWay way) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms512m",
                "-Xmx512m",
                // Plain Avro loads no generated class otherwise; this module needs no such list.
                "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=dev.waybill.registry.example",
                "-cp",
                System.getProperty("java.class.path"),
                SerdeBenchmark.class.getName(),
                way.name())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines = process.inputReader().lines().toList();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(way + " failed: " + lines);
    }
    return lines;
  }

  private static void print(String operation, Map<BenchmarkedWay, Cost> costs) {
    Cost plain = costs.getOrDefault(BenchmarkedWay.PLAIN_AVRO, new Cost(0, 0));
    costs.forEach(
        (way, cost) ->
            System.out.printf(
                Locale.ROOT,
                "%-16s %-10s %s, %.2f of plain Avro's speed%n",
                operation,
                way,
                cost,
                plain.nanos() / cost.nanos()));
  }

  private static void measure(BenchmarkedWay way) throws IOException {
    try (FakeRegistry server = new FakeRegistry();
        SchemaRegistry registry = server.client()) {
      List<Object> generated = BenchmarkedRecords.generated();
      List<Object> generic = BenchmarkedRecords.generic(generated);
      BenchmarkedWay.Codec codec = way.open(registry, true);
      BenchmarkedWay.Codec genericCodec = way.open(registry, false);
      List<byte[]> values = codec.writeAll(generated);
      System.out.println("write-generated " + Cost.of(generated, codec::write));
      System.out.println("read-generated " + Cost.of(values, codec::read));
      System.out.println("write-generic " + Cost.of(generic, genericCodec::write));
      System.out.println("read-generic " + Cost.of(values, genericCodec::read));
    }
  }
}
