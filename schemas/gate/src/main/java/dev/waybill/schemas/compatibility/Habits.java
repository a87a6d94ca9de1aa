package dev.waybill.schemas.compatibility;

import dev.waybill.schemas.difference.Branches;
import dev.waybill.schemas.difference.Matched;
import dev.waybill.schemas.difference.TypeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * What Avro's resolution lets pass and people trip over: values that are read, and mean something
 * else than what was written.
 */
final class Habits {
  private final Pairing pairing;
  private final List<Problem> problems = new ArrayList<>();

  private Habits(Pairing pairing) {
    this.pairing = pairing;
  }

  /**
   * What is wrong in these ways.
   *
   * @param last whether the older schema is the last released: only since then can a field have
   *     been renamed
   */
  static List<Problem> problems(Pairing pairing, boolean last) {
    Habits habits = new Habits(pairing);
    for (Matched one : pairing.matched()) {
      habits.namespace(one);
      habits.logicalType(one);
      if (one.both(Schema.Type.ENUM)) {
        habits.symbols(one);
      } else if (one.both(Schema.Type.RECORD) && last) {
        habits.renaming(one);
      }
    }
    return habits.problems;
  }

  private void namespace(Matched one) {
    if (!Matched.isNamed(one.older()) || !Matched.isNamed(one.newer())) {
      return;
    }
    String before = one.older().getFullName();
    String after = one.newer().getFullName();
    boolean onlyReadByAlias =
        one.newer().getAliases().contains(before) && !pairing.level().isReadByOlder();
    if (one.older().getName().equals(one.newer().getName())
        && !before.equals(after)
        && !onlyReadByAlias) {
      problems.add(
          pairing.promised(
              Rule.NAMESPACE_CHANGED,
              one.place(),
              "was %s, is %s".formatted(before, after),
              "keep the namespace: readers find a type by its full name"));
    }
  }

  private void logicalType(Matched one) {
    String before = TypeText.logical(one.older());
    String after = TypeText.logical(one.newer());
    if (!before.equals(after) && readable(one.older(), one.newer())) {
      problems.add(
          pairing.promised(
              Rule.LOGICAL_TYPE_CHANGED,
              one.place(),
              "was %s, is %s: the same bytes mean something else"
                  .formatted(TypeText.of(one.older()), TypeText.of(one.newer())),
              Remedies.otherField()));
    }
  }

  /** Where neither can be read as the other, Avro's rules have said so already. */
  private static boolean readable(Schema older, Schema newer) {
    return reads(older, newer) || reads(newer, older);
  }

  private static boolean reads(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType()
        == SchemaCompatibilityType.COMPATIBLE;
  }

  private void symbols(Matched one) {
    Set<String> added = without(one.newer(), one.older());
    Set<String> removed = without(one.older(), one.newer());
    if (!added.isEmpty() && one.older().getEnumDefault() == null) {
      problems.add(
          pairing.forward(
              Rule.ENUM_SYMBOL_ADDED,
              one.place(),
              Remedies.symbolsAdded(added),
              Remedies.otherEnum()));
    }
    if (!removed.isEmpty() && pairing.level().readsOlder()) {
      problems.add(
          pairing.backward(
              Rule.ENUM_SYMBOL_REMOVED,
              one.place(),
              Remedies.symbolsRemoved(removed),
              Remedies.keepSymbols(removed)));
    }
  }

  private static Set<String> without(Schema some, Schema others) {
    Set<String> rest = new TreeSet<>(some.getEnumSymbols());
    rest.removeAll(others.getEnumSymbols());
    return rest;
  }

  private void renaming(Matched record) {
    List<Field> added = new ArrayList<>(record.addedFields());
    for (Field gone : record.removedFields()) {
      added.stream()
          .filter(field -> sameValues(gone.schema(), field.schema()))
          .findFirst()
          .ifPresent(
              field -> {
                added.remove(field);
                problems.add(renamed(record, gone, field));
              });
    }
  }

  private Problem renamed(Matched record, Field gone, Field came) {
    return pairing.promised(
        Rule.FIELD_RENAMED,
        record.place().field(came.name(), came.pos()),
        "is new and `%s`, of the same type, is gone: if one became the other, its values are lost"
            .formatted(gone.name()),
        ("if it was renamed, add \"aliases\": [\"%s\"]; if they are two fields, release the removal"
                + " first and the addition after it")
            .formatted(gone.name()));
  }

  /** Whether both hold the same values, null aside. */
  private static boolean sameValues(Schema some, Schema other) {
    return notNull(some).equals(notNull(other));
  }

  private static List<String> notNull(Schema schema) {
    return Branches.of(schema).stream()
        .filter(branch -> branch.getType() != Schema.Type.NULL)
        .map(TypeText::of)
        .toList();
  }
}
