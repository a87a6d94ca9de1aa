package dev.waybill.schemas.compatibility;

import dev.waybill.schemas.difference.Branches;
import dev.waybill.schemas.difference.Matched;
import dev.waybill.schemas.difference.Place;
import dev.waybill.schemas.difference.TypeText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.jspecify.annotations.Nullable;

/**
 * Avro's own verdict on one direction ({@link SchemaCompatibility}), in words of the schema's
 * author. Where Avro only says that a union lacks a record, this says what is wrong with the record
 * that the union has.
 */
final class Resolution {
  private final Pairing pairing;
  private final boolean backward;
  private final List<Problem> problems = new ArrayList<>();

  private Resolution(Pairing pairing, boolean backward) {
    this.pairing = pairing;
    this.backward = backward;
  }

  /** The candidate as reader of what the older version wrote. */
  static Resolution backward(Pairing pairing) {
    return new Resolution(pairing, true).explain(pairing.candidate(), pairing.older(), Place.ROOT);
  }

  /** The older version as reader of what the candidate writes. */
  static Resolution forward(Pairing pairing) {
    return new Resolution(pairing, false).explain(pairing.older(), pairing.candidate(), Place.ROOT);
  }

  List<Problem> problems() {
    return problems;
  }

  private Resolution explain(Schema reader, Schema writer, Place base) {
    try {
      SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
          .getResult()
          .getIncompatibilities()
          .forEach(one -> explain(one, reader, base));
    } catch (AvroRuntimeException ambiguous) { // what corresponds was looked at before
      add(
          Rule.INVALID_ALIAS,
          base,
          "has a union in which a record's alias fits two fields of another record",
          "remove the alias, or move its record to the end of the union");
    }
    return this;
  }

  private void explain(Incompatibility one, Schema reader, Place base) {
    Place place = place(one.getLocation(), reader, base);
    switch (one.getType()) {
      case READER_FIELD_MISSING_DEFAULT_VALUE -> missingDefault(one, place);
      case NAME_MISMATCH -> renamed(one, place);
      case MISSING_ENUM_SYMBOLS -> missingSymbols(one, place);
      case MISSING_UNION_BRANCH -> missingBranch(one, place);
      case TYPE_MISMATCH, FIXED_SIZE_MISMATCH -> {
        if (isMissingEnum(one, place)) {
          missingDefault(one, place.owner());
        } else {
          otherType(one, place);
        }
      }
    }
  }

  /** Avro compares a reader's enum that has a default with the record that lacks the field. */
  private boolean isMissingEnum(Incompatibility one, Place place) {
    return one.getReaderFragment().getType() == Schema.Type.ENUM
        && one.getWriterFragment().getType() == Schema.Type.RECORD
        && pairing.at(place.path()).isEmpty();
  }

  private void missingDefault(Incompatibility one, Place place) {
    if (backward) {
      problems.add(
          pairing.backward(
              Rule.FIELD_WITHOUT_DEFAULT,
              place,
              "has no default, and older events lack the field",
              "add a default to `" + place.path() + "`"));
      return;
    }
    String name = place.path().substring(place.path().lastIndexOf('.') + 1);
    String newName = newName(name, one.getWriterFragment());
    problems.add(
        pairing.forwardInOlder(
            Rule.FIELD_REMOVED,
            place,
            newName == null
                ? "is gone, and older readers need it, because it has no default there"
                : "is called `%s` now, and older readers, which know no alias, need it"
                    .formatted(newName),
            "keep `" + place.path() + "`; its doc can say that it is no longer used"));
  }

  private static @Nullable String newName(String oldName, Schema newer) {
    return newer.getFields().stream()
        .filter(field -> field.aliases().contains(oldName))
        .map(Field::name)
        .findFirst()
        .orElse(null);
  }

  private void renamed(Incompatibility one, Place place) {
    Schema older = backward ? one.getWriterFragment() : one.getReaderFragment();
    Schema newer = backward ? one.getReaderFragment() : one.getWriterFragment();
    add(
        Rule.TYPE_RENAMED,
        place,
        "was called %s, is called %s".formatted(older.getFullName(), newer.getFullName()),
        "call it " + older.getName());
  }

  private void missingSymbols(Incompatibility one, Place place) {
    List<String> symbols =
        Arrays.asList(one.getMessage().replaceAll("[\\[\\] ]", "").split(",", -1));
    if (backward) {
      add(
          Rule.ENUM_SYMBOL_REMOVED,
          place,
          Remedies.symbolsRemoved(symbols),
          Remedies.keepSymbols(symbols));
    } else {
      add(Rule.ENUM_SYMBOL_ADDED, place, Remedies.symbolsAdded(symbols), Remedies.otherEnum());
    }
  }

  private void missingBranch(Incompatibility one, Place place) {
    Schema written = written(one);
    Schema reader = one.getReaderFragment();
    Schema writer = one.getWriterFragment();
    Schema known =
        backward
            ? Branches.match(writer, reader).newerOf(written)
            : Branches.match(reader, writer).olderOf(written);
    int before = problems.size();
    if (known != null) {
      explain(known, written, place.branch(Branches.of(reader).indexOf(known)));
    }
    if (problems.size() > before) {
      return;
    }
    if (bothUnions(one)) {
      String type = TypeText.of(written);
      if (backward) {
        add(
            Rule.UNION_BRANCH_REMOVED,
            place,
            "can no longer be %s, which older events have".formatted(type),
            Remedies.keepBranch());
      } else {
        add(
            Rule.UNION_BRANCH_ADDED,
            place,
            "can be %s now, which older readers do not know".formatted(type),
            Remedies.otherField());
      }
    } else {
      otherType(one, place);
    }
  }

  private static boolean bothUnions(Incompatibility one) {
    return one.getReaderFragment().getType() == Schema.Type.UNION
        && one.getWriterFragment().getType() == Schema.Type.UNION;
  }

  /** What the reader's union lacks; of a union, the branch that the location ends with. */
  private static Schema written(Incompatibility one) {
    Schema written = one.getWriterFragment();
    if (written.getType() != Schema.Type.UNION) {
      return written;
    }
    String location = one.getLocation();
    return written
        .getTypes()
        .get(Integer.parseInt(location.substring(location.lastIndexOf('/') + 1)));
  }

  private void otherType(Incompatibility one, Place place) {
    Schema older = backward ? one.getWriterFragment() : one.getReaderFragment();
    Schema newer = backward ? one.getReaderFragment() : one.getWriterFragment();
    add(Rule.TYPE_CHANGED, place, pairing.typeChange(place, older, newer), Remedies.otherField());
  }

  private void add(Rule rule, Place place, String what, String remedy) {
    if (backward) {
      problems.add(pairing.backward(rule, place, what, remedy));
      return;
    }
    Place candidate = pairing.at(place.path()).map(Matched::place).orElse(null);
    problems.add(
        candidate == null
            ? pairing.forwardInOlder(rule, place, what, remedy)
            : pairing.forward(rule, candidate, what, remedy));
  }

  /** Avro's location is a JSON pointer into the reader's schema. */
  private static Place place(String location, Schema reader, Place base) {
    Place place = base;
    Schema at = reader;
    String[] steps = location.split("/", -1);
    for (int i = 1; i < steps.length && !steps[i].isEmpty(); i++) {
      String step = steps[i];
      if (step.equals("fields")) {
        Field field = at.getFields().get(Integer.parseInt(steps[++i]));
        place = place.field(field.name(), field.pos());
        at = field.schema();
      } else if (step.equals("items") && at.getType() == Schema.Type.ARRAY) {
        place = place.into(step);
        at = at.getElementType();
      } else if (step.equals("values") && at.getType() == Schema.Type.MAP) {
        place = place.into(step);
        at = at.getValueType();
      } else if (Character.isDigit(step.charAt(0)) && at.getType() == Schema.Type.UNION) {
        int branch = Integer.parseInt(step);
        if (branch < at.getTypes().size()) {
          place = place.into(step);
          at = Objects.requireNonNull(at.getTypes().get(branch));
        }
      } else if (step.equals("type")) {
        place = place.into(step);
      }
    }
    return place;
  }
}
