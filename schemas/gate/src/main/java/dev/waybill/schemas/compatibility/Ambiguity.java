package dev.waybill.schemas.compatibility;

import dev.waybill.schemas.difference.Matched;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;

/** Fields for which a reader finds two in what was written, one of them by an alias. */
final class Ambiguity {
  private Ambiguity() {}

  static List<Problem> problems(Pairing pairing) {
    List<Problem> problems = new ArrayList<>();
    for (Matched one : pairing.matched()) {
      if (one.both(Schema.Type.RECORD)) {
        if (pairing.level().readsOlder()) {
          backward(pairing, one, problems);
        }
        if (pairing.level().isReadByOlder()) {
          forward(pairing, one, problems);
        }
      }
    }
    return problems;
  }

  private static void backward(Pairing pairing, Matched record, List<Problem> problems) {
    for (Field field : record.newer().getFields()) {
      List<String> found = found(field, record.older());
      if (found.size() > 1) {
        String alias = found.get(found.size() - 1);
        problems.add(
            pairing.backward(
                Rule.INVALID_ALIAS,
                record.place().field(field.name(), field.pos()),
                "has the alias `%s`, but older events have both `%s` and `%s`"
                    .formatted(alias, found.get(0), alias),
                "remove an alias: only one of the two can be this field"));
      }
    }
  }

  private static void forward(Pairing pairing, Matched record, List<Problem> problems) {
    for (Field field : record.older().getFields()) {
      List<String> found = found(field, record.newer());
      if (found.size() > 1) {
        String alias = found.get(found.size() - 1);
        problems.add(
            pairing.forward(
                Rule.INVALID_ALIAS,
                record.place().field(alias, record.newer().getField(alias).pos()),
                "is an alias of `%s` to older readers, which find both `%s` and `%s`"
                    .formatted(field.name(), found.get(0), alias),
                "choose another name"));
      }
    }
  }

  /** The names under which a reader's field is in what was written, its own first. */
  private static List<String> found(Field reader, Schema writer) {
    return Stream.concat(Stream.of(reader.name()), reader.aliases().stream().sorted())
        .filter(name -> writer.getField(name) != null)
        .toList();
  }
}
