package dev.waybill.schemas.compatibility;

import dev.waybill.schemas.difference.Branches;
import dev.waybill.schemas.difference.Matched;
import dev.waybill.schemas.difference.TypeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.jspecify.annotations.Nullable;

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

  /** What is wrong in these ways. */
  static List<Problem> problems(Pairing pairing) {
    Habits habits = new Habits(pairing);
    for (Matched one : pairing.matched()) {
      habits.namespace(one);
      if (sameLogicalType(one.older(), one.newer())) {
        habits.loss(one);
      } else {
        habits.logicalType(one);
      }
      if (one.both(Schema.Type.ENUM)) {
        habits.symbols(one);
      } else if (one.both(Schema.Type.UNION)) {
        habits.branches(one);
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
    boolean union = one.older().isUnion() || one.newer().isUnion(); // its branches follow
    if (!union && readable(one)) {
      problems.add(
          pairing.promised(
              Rule.LOGICAL_TYPE_CHANGED,
              one.place(),
              "was %s, is %s: the same bytes mean something else"
                  .formatted(TypeText.of(one.older()), TypeText.of(one.newer())),
              Remedies.otherField()));
    }
  }

  /** What Avro does not know is no logical type to any reader. */
  private static boolean sameLogicalType(Schema some, Schema other) {
    return known(some).equals(known(other));
  }

  private static String known(Schema schema) {
    return LogicalTypes.fromSchemaIgnoreInvalid(schema) == null ? "" : TypeText.logical(schema);
  }

  /** Where neither can be read as the other, Avro's rules have said so already. */
  private static boolean readable(Matched one) {
    return reads(one.older(), one.newer()) || reads(one.newer(), one.older());
  }

  /** Promotions that Avro allows, and that not every value survives. */
  private void loss(Matched one) {
    if (loses(one.newer(), one.older()) && pairing.level().readsOlder()) {
      problems.add(
          pairing.backward(Rule.TYPE_CHANGED, one.place(), change(one), Remedies.otherField()));
    }
    if (loses(one.older(), one.newer()) && pairing.level().isReadByOlder()) {
      problems.add(
          pairing.forward(Rule.TYPE_CHANGED, one.place(), change(one), Remedies.otherField()));
    }
  }

  private String change(Matched one) {
    return pairing.typeChange(one.place(), one.older(), one.newer());
  }

  private static boolean loses(Schema reader, Schema writer) {
    return switch (writer.getType()) {
      case INT -> reader.getType() == Schema.Type.FLOAT;
      case LONG -> reader.getType() == Schema.Type.FLOAT || reader.getType() == Schema.Type.DOUBLE;
      case BYTES -> reader.getType() == Schema.Type.STRING; // bytes that are no UTF-8
      default -> false;
    };
  }

  /** Branches that came or went, and that readers without them take for another branch. */
  private void branches(Matched union) {
    Branches matched = Branches.match(union.older(), union.newer());
    for (Schema came : union.newer().getTypes()) {
      Schema taken = matched.olderOf(came) == null ? misreader(union.older(), came) : null;
      if (taken != null && pairing.level().isReadByOlder()) {
        problems.add(
            pairing.forward(
                Rule.UNION_BRANCH_ADDED,
                union.place(),
                "can be %s now, which older readers take for %s"
                    .formatted(TypeText.of(came), TypeText.of(taken)),
                Remedies.otherField()));
      }
    }
    for (Schema gone : union.older().getTypes()) {
      Schema taken = matched.newerOf(gone) == null ? misreader(union.newer(), gone) : null;
      if (taken != null && pairing.level().readsOlder()) {
        problems.add(
            pairing.backward(
                Rule.UNION_BRANCH_REMOVED,
                union.place(),
                "can no longer be %s, which would be read as %s"
                    .formatted(TypeText.of(gone), TypeText.of(taken)),
                Remedies.keepBranch()));
      }
    }
  }

  /** The branch as which a value is read, and means something else; null if there is none. */
  private static @Nullable Schema misreader(Schema union, Schema written) {
    return union.getTypes().stream()
        .filter(branch -> !sameLogicalType(branch, written) || loses(branch, written))
        .filter(branch -> reads(branch, written))
        .findFirst()
        .orElse(null);
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
}
