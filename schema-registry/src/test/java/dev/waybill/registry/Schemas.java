package dev.waybill.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.avro.Schema;

/** Schemas of the tests. */
final class Schemas {
  private Schemas() {}

  static Schema parse(String json) {
    return new Schema.Parser().parse(json);
  }

  static Schema greeting() {
    return parse(
        """
        {"type":"record","name":"Greeting","namespace":"test","fields":[
          {"name":"text","type":"string"},{"name":"count","type":"int"}]}
        """);
  }

  /** Refers to itself through a union, an array and a map. */
  static Schema tree() {
    return parse(
        """
        {"type":"record","name":"Tree","namespace":"test","fields":[
          {"name":"next","type":["null","Tree"]},
          {"name":"children","type":{"type":"array","items":"Tree"}},
          {"name":"named","type":{"type":"map","values":"Tree"}}]}
        """);
  }

  /** As its author wrote it. */
  static Schema parcel() {
    try {
      return parse(Files.readString(Path.of("src/test/avro/parcel.avsc")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
