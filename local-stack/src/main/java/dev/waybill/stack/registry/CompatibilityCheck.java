package dev.waybill.stack.registry;

import dev.waybill.schemas.compatibility.Level;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/** Avro's rules and nothing more, as registries apply them. */
final class CompatibilityCheck {
  private CompatibilityCheck() {}

  /** What speaks against the candidate; empty when it is compatible. */
  static List<String> problems(Level level, Schema candidate, List<Schema> versions) {
    List<String> problems = new ArrayList<>();
    List<Schema> compared = level.compared(versions);
    int number = versions.size() - compared.size();
    for (Schema older : compared) {
      number++;
      if (level.readsOlder()) {
        add(problems, "the new schema cannot read version " + number, candidate, older);
      }
      if (level.isReadByOlder()) {
        add(problems, "version " + number + " cannot read the new schema", older, candidate);
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
