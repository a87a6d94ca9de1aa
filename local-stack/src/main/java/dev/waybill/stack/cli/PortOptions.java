package dev.waybill.stack.cli;

import dev.waybill.stack.StackLayout;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Where the stack listens. */
final class PortOptions {
  @Option(
      names = "--postgres-port",
      converter = Port.class,
      defaultValue = "5432",
      description = "${DEFAULT-VALUE}")
  int postgres;

  @Option(
      names = "--kafka-port",
      converter = Port.class,
      defaultValue = "9092",
      description = "${DEFAULT-VALUE}")
  int kafka;

  @Option(
      names = "--registry-port",
      converter = Port.class,
      defaultValue = "8090",
      description = "${DEFAULT-VALUE}")
  int registry;

  @Option(
      names = "--producer-port",
      converter = Port.class,
      defaultValue = "8080",
      description = "${DEFAULT-VALUE}")
  int producer;

  @Option(
      names = "--relay-port",
      converter = Port.class,
      defaultValue = "8081",
      description = "${DEFAULT-VALUE}")
  int relay;

  @Option(
      names = "--consumer-port",
      converter = Port.class,
      defaultValue = "8082",
      description = "${DEFAULT-VALUE}")
  int consumer;

  @Option(
      names = "--console-port",
      converter = Port.class,
      defaultValue = "8083",
      description = "${DEFAULT-VALUE}")
  int console;

  StackLayout layout(Path folder) {
    return new StackLayout(folder, postgres, kafka, registry, producer, relay, consumer, console);
  }

  /**
   * Refuses a port that two would listen on.
   *
   * @throws ParameterException naming both
   */
  void refuseDoubles(CommandLine command) {
    Map<Integer, String> owners = new HashMap<>();
    layout(Path.of(""))
        .ports()
        .forEach(
            (name, port) -> {
              String other = owners.put(port, name);
              if (other != null) {
                throw new ParameterException(
                    command,
                    "--%s-port and --%s-port are both %s: each needs a port of its own"
                        .formatted(other, name, port));
              }
            });
  }

  /** The same options for another process. */
  List<String> arguments() {
    return layout(Path.of("")).ports().entrySet().stream()
        .flatMap(port -> Stream.of("--" + port.getKey() + "-port", port.getValue().toString()))
        .toList();
  }

  /** A port that somebody can be told to connect to. */
  static final class Port implements ITypeConverter<Integer> {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,5}");

    @Override
    public Integer convert(String given) {
      int port = DIGITS.matcher(given).matches() ? Integer.parseInt(given) : 0;
      if (port < 1 || port > 65_535) {
        throw new TypeConversionException("'" + given + "' is no port from 1 to 65535");
      }
      return port;
    }
  }
}
