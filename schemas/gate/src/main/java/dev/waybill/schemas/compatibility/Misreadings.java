package dev.waybill.schemas.compatibility;

import dev.waybill.schemas.difference.Branches;
import dev.waybill.schemas.difference.Matched;
import dev.waybill.schemas.difference.Place;
import dev.waybill.schemas.difference.TypeText;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.jspecify.annotations.Nullable;

/**
 * Values that Avro reads as another type, and that are something else there: another logical type,
 * a type that does not hold them all, a branch of a union that was not meant.
 */
final class Misreadings {
  private final Pairing pairing;
  private final List<Problem> problems = new ArrayList<>();

  private Misreadings(Pairing pairing) {
    this.pairing = pairing;
  }

  static List<Problem> problems(Pairing pairing) {
    Misreadings misreadings = new Misreadings(pairing);
    for (Matched one : pairing.matched()) {
      if (one.branch()) {
        continue; // the union that it is of looks at it
      }
      if (pairing.level().readsOlder()) {
        misreadings.look(one, true);
      }
      if (pairing.level().isReadByOlder()) {
        misreadings.look(one, false);
      }
    }
    return misreadings.problems;
  }

  private void look(Matched one, boolean backward) {
    Branches matched = Branches.match(one.older(), one.newer());
    for (Schema written : Branches.of(backward ? one.older() : one.newer())) {
      Schema taken = taken(backward ? one.newer() : one.older(), written);
      if (taken == null) {
        continue; // Avro's own verdict
      }
      Schema counterpart = backward ? matched.newerOf(written) : matched.olderOf(written);
      if (taken.equals(counterpart)) {
        changed(one, written, taken, backward);
      } else if (isOther(taken, written)) {
        otherBranch(one.place(), text(written, taken), text(taken, written), backward);
      }
    }
  }

  /** As what Avro reads a value: the same type before what it can be promoted to; null: nothing. */
  private static @Nullable Schema taken(Schema reader, Schema written) {
    List<Schema> branches = Branches.of(reader);
    return branches.stream()
        .filter(branch -> branch.getType() == written.getType())
        .filter(branch -> branch.getFullName().equals(written.getFullName()))
        .findFirst()
        .or(() -> branches.stream().filter(branch -> reads(branch, written)).findFirst())
        .orElse(null);
  }

  private static boolean reads(Schema reader, Schema writer) {
    try {
      return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType()
          == SchemaCompatibilityType.COMPATIBLE;
    } catch (AvroRuntimeException ambiguous) { // which Resolution reports
      return false;
    }
  }

  /** Whether a value changes when it is read as a branch that does not correspond to its own. */
  private static boolean isOther(Schema reader, Schema written) {
    return !logical(reader).equals(logical(written))
        || loses(reader, written)
        || (Matched.isNamed(written) && !reader.getFullName().equals(written.getFullName()));
  }

  /** What Avro does not know is no logical type to any reader. */
  private static String logical(Schema schema) {
    return LogicalTypes.fromSchemaIgnoreInvalid(schema) == null ? "" : TypeText.logical(schema);
  }

  private static boolean loses(Schema reader, Schema writer) {
    return switch (writer.getType()) {
      case INT -> reader.getType() == Schema.Type.FLOAT;
      case LONG -> reader.getType() == Schema.Type.FLOAT || reader.getType() == Schema.Type.DOUBLE;
      case BYTES -> reader.getType() == Schema.Type.STRING; // bytes that are no UTF-8
      default -> false;
    };
  }

  /** Of two types that correspond, and of which one is read as the other. */
  private void changed(Matched one, Schema written, Schema taken, boolean backward) {
    Schema older = backward ? written : taken;
    Schema newer = backward ? taken : written;
    Place place =
        one.newer().isUnion()
            ? one.place().into(Integer.toString(one.newer().getTypes().indexOf(newer)))
            : one.place();
    String remedy = Remedies.otherField();
    if (!logical(older).equals(logical(newer))) {
      String what =
          "was %s, is %s: the same bytes mean something else"
              .formatted(TypeText.of(older), TypeText.of(newer));
      add(Rule.LOGICAL_TYPE_CHANGED, place, what, remedy, backward);
    } else if (loses(taken, written)) {
      String what = pairing.typeChange(place, older, newer);
      add(Rule.TYPE_CHANGED, place, what, remedy, backward);
    }
  }

  /** Of a branch that its reader does not have, and takes for another. */
  private void otherBranch(Place place, String written, String taken, boolean backward) {
    if (backward) {
      String what = "can no longer be %s, which would be read as %s".formatted(written, taken);
      add(Rule.UNION_BRANCH_REMOVED, place, what, Remedies.keepBranch(), true);
    } else {
      String what = "can be %s now, which older readers take for %s".formatted(written, taken);
      add(Rule.UNION_BRANCH_ADDED, place, what, Remedies.otherField(), false);
    }
  }

  private void add(Rule rule, Place place, String what, String remedy, boolean backward) {
    problems.add(
        backward
            ? pairing.backward(rule, place, what, remedy)
            : pairing.forward(rule, place, what, remedy));
  }

  /** With the namespace where the two differ in nothing else. */
  private static String text(Schema one, Schema other) {
    String text = TypeText.of(one);
    return text.equals(TypeText.of(other))
        ? one.getType().getName() + " " + one.getFullName()
        : text;
  }
}
