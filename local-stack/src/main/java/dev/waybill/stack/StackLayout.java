package dev.waybill.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a local stack keeps its data and where it listens on 127.0.0.1.
 *
 * @param folder of everything it writes; may be deleted when the stack is stopped. Has no comma,
 *     because Kafka's list of folders cannot express one
 */
public record StackLayout(
    Path folder,
    int postgres,
    int kafka,
    int registry,
    int producer,
    int relay,
    int consumer,
    int console) {

  public StackLayout {
    if (folder.toAbsolutePath().toString().contains(",")) {
      throw new IllegalArgumentException(
          "Kafka keeps no data in a folder with a comma in its name: " + folder.toAbsolutePath());
    }
  }

  /** On ports that are free at the moment. */
  public static StackLayout onFreePorts(Path folder) {
    return new StackLayout(
        folder,
        Ports.free(),
        Ports.free(),
        Ports.free(),
        Ports.free(),
        Ports.free(),
        Ports.free(),
        Ports.free());
  }

  /** What each port is for. */
  public Map<String, Integer> ports() {
    Map<String, Integer> ports = new LinkedHashMap<>();
    ports.put("postgres", postgres);
    ports.put("kafka", kafka);
    ports.put("registry", registry);
    ports.put("producer", producer);
    ports.put("relay", relay);
    ports.put("consumer", consumer);
    ports.put("console", console);
    return ports;
  }

  /** The ports that somebody else listens on, by what they are for. */
  public List<String> takenPorts() {
    List<String> taken = new ArrayList<>();
    ports()
        .forEach(
            (name, port) -> {
              if (!Ports.isFree(port)) {
                taken.add(name + " " + port);
              }
            });
    return taken;
  }
}
