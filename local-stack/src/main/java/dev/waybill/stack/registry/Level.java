package dev.waybill.stack.registry;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;

/** Which of a subject's versions a new one must be able to read, or be read by. */
enum Level {
  NONE(false, false, false),
  BACKWARD(true, false, false),
  BACKWARD_TRANSITIVE(true, false, true),
  FORWARD(false, true, false),
  FORWARD_TRANSITIVE(false, true, true),
  FULL(true, true, false),
  FULL_TRANSITIVE(true, true, true);

  private final boolean readsOlder;
  private final boolean isReadByOlder;
  private final boolean transitive;

  Level(boolean readsOlder, boolean isReadByOlder, boolean transitive) {
    this.readsOlder = readsOlder;
    this.isReadByOlder = isReadByOlder;
    this.transitive = transitive;
  }

  static Level parse(String name) {
    try {
      return valueOf(name);
    } catch (IllegalArgumentException unknown) {
      throw RegistryError.invalidLevel(name);
    }
  }

  /** What speaks against the candidate; empty when it is compatible. */
  List<String> problems(Schema candidate, List<Schema> versions) {
    List<String> problems = new ArrayList<>();
    int first = transitive ? 0 : Math.max(0, versions.size() - 1);
    for (int i = first; i < versions.size(); i++) {
      Schema older = versions.get(i);
      if (readsOlder) {
        add(problems, "the new schema cannot read version " + (i + 1), candidate, older);
      }
      if (isReadByOlder) {
        add(problems, "version " + (i + 1) + " cannot read the new schema", older, candidate);
      }
    }
    return problems;
  }

  private static void add(List<String> problems, String what, Schema reader, Schema writer) {
    SchemaPairCompatibility pair =
        SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
    pair.getResult()
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
  }
}
