package dev.waybill.schemas.compatibility;

import dev.waybill.schemas.difference.Branches;
import dev.waybill.schemas.difference.Matched;
import dev.waybill.schemas.difference.Place;
import dev.waybill.schemas.difference.TypeText;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;

/**
 * Fields, and branches of unions, for which a reader finds two in what was written, one by an
 * alias.
 */
final class Ambiguity {
  private Ambiguity() {}

  static List<Problem> problems(Pairing pairing) {
    List<Problem> problems = new ArrayList<>();
    for (Matched one : pairing.records()) {
      if (pairing.level().readsOlder()) {
        backward(pairing, one, problems);
      }
      if (pairing.level().isReadByOlder()) {
        forward(pairing, one, problems);
      }
    }
    for (Matched one : pairing.matched()) {
      if (pairing.level().readsOlder()) {
        twoTypes(pairing, one, true, problems);
      }
      if (pairing.level().isReadByOlder()) {
        twoTypes(pairing, one, false, problems);
      }
    }
    return problems;
  }

  /** Branches of what was written that become one by an alias. */
  private static void twoTypes(
      Pairing pairing, Matched one, boolean backward, List<Problem> problems) {
    Schema reader = backward ? one.newer() : one.older();
    Schema writer = backward ? one.older() : one.newer();
    if (!writer.isUnion()) {
      return;
    }
    for (Schema branch : Branches.of(reader)) {
      if (Matched.isNamed(branch) && has(writer, branch.getFullName())) {
        for (Schema written : writer.getTypes()) {
          if (Matched.isNamed(written)
              && !written.getFullName().equals(branch.getFullName())
              && branch.getAliases().contains(written.getFullName())) {
            problems.add(oneOfTwo(pairing, one.place(), written, branch, backward));
          }
        }
      }
    }
  }

  private static boolean has(Schema union, String name) {
    return union.getTypes().stream().anyMatch(one -> one.getFullName().equals(name));
  }

  private static Problem oneOfTwo(
      Pairing pairing, Place place, Schema written, Schema taken, boolean backward) {
    String from = TypeText.of(written);
    String to = TypeText.of(taken);
    return backward
        ? pairing.backward(
            Rule.UNION_BRANCH_REMOVED,
            place,
            "can no longer be %s, which would be read as %s".formatted(from, to),
            Remedies.keepBranch())
        : pairing.forward(
            Rule.UNION_BRANCH_ADDED,
            place,
            "can be %s now, which older readers take for %s".formatted(from, to),
            Remedies.otherField());
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

  /**
   * Whether an alias of one record fits two fields of another, or does so further inside.
   *
   * @param tried pairs that were looked at
   */
  static boolean fitsTwo(Schema reader, Schema writer, IdentityHashMap<Schema, Set<Schema>> tried) {
    if (writer.isUnion() || reader.isUnion()) {
      return Branches.of(reader).stream()
          .anyMatch(
              one -> Branches.of(writer).stream().anyMatch(other -> fitsTwo(one, other, tried)));
    } else if (reader.getType() != writer.getType()) {
      return false;
    }
    return switch (reader.getType()) {
      case ARRAY -> fitsTwo(reader.getElementType(), writer.getElementType(), tried);
      case MAP -> fitsTwo(reader.getValueType(), writer.getValueType(), tried);
      case RECORD ->
          Pairing.isFirst(tried, reader, writer)
              && reader.getFields().stream().anyMatch(field -> fitsTwo(field, writer, tried));
      default -> false;
    };
  }

  private static boolean fitsTwo(
      Field field, Schema writer, IdentityHashMap<Schema, Set<Schema>> tried) {
    List<String> found = found(field, writer);
    if (found.size() != 1) {
      return found.size() > 1;
    }
    return fitsTwo(field.schema(), writer.getField(found.get(0)).schema(), tried);
  }

  /** The names under which a reader's field is in what was written, its own first. */
  private static List<String> found(Field reader, Schema writer) {
    return Stream.concat(Stream.of(reader.name()), reader.aliases().stream().sorted())
        .filter(name -> writer.getField(name) != null)
        .toList();
  }
}
