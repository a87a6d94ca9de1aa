package dev.waybill.stack.registry;

import dev.waybill.schemas.compatibility.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/** Avro's rules and nothing more, as registries apply them. */
final class CompatibilityCheck {
  private CompatibilityCheck() {}

  /**
   * What speaks against the candidate; empty when it is compatible.
   *
   * @param versions by number, oldest first
   */
  static List<String> problems(Level level, Schema candidate, Map<Integer, Schema> versions) {
    List<String> problems = new ArrayList<>();
    for (var older : level.compared(List.copyOf(versions.entrySet()))) {
      int number = older.getKey();
      if (level.readsOlder()) {
        add(problems, "the new schema cannot read version " + number, candidate, older.getValue());
      }
      if (level.isReadByOlder()) {
        add(
            problems,
            "version " + number + " cannot read the new schema",
            older.getValue(),
            candidate);
      }
    }
    return problems;
  }

  private static void add(List<String> problems, String what, Schema reader, Schema writer) {
    try {
      SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
          .getResult()
          .getIncompatibilities()
          .forEach(
              one ->
                  problems.add(
                      what
                          + ": "
                          + one.getType()
                          + " at "
                          + one.getLocation()
                          + ": "
                          + one.getMessage()));
    } catch (AvroRuntimeException ambiguous) { // an alias that fits several fields
      problems.add(what + ": " + ambiguous.getMessage());
    }
  }
}
