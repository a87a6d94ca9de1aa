package dev.waybill.stack.cli;

import dev.waybill.stack.StackLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Where the stack listens. */
final class PortOptions {
  @Option(names = "--postgres-port", defaultValue = "5432", description = "${DEFAULT-VALUE}")
  int postgres;

  @Option(names = "--kafka-port", defaultValue = "9092", description = "${DEFAULT-VALUE}")
  int kafka;

  @Option(names = "--registry-port", defaultValue = "8090", description = "${DEFAULT-VALUE}")
  int registry;

  @Option(names = "--producer-port", defaultValue = "8080", description = "${DEFAULT-VALUE}")
  int producer;

  @Option(names = "--relay-port", defaultValue = "8081", description = "${DEFAULT-VALUE}")
  int relay;

  @Option(names = "--consumer-port", defaultValue = "8082", description = "${DEFAULT-VALUE}")
  int consumer;

  StackLayout layout(Path folder) {
    return new StackLayout(folder, postgres, kafka, registry, producer, relay, consumer);
  }

  /** The same options for another process. */
  List<String> arguments() {
    return layout(Path.of("")).ports().entrySet().stream()
        .flatMap(port -> Stream.of("--" + port.getKey() + "-port", port.getValue().toString()))
        .toList();
  }
}
