package dev.waybill.schemas.compatibility;

import dev.waybill.schemas.difference.Branches;
import dev.waybill.schemas.difference.Matched;
import dev.waybill.schemas.difference.Place;
import dev.waybill.schemas.difference.TypeText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Resolver;
import org.apache.avro.Resolver.Action;
import org.apache.avro.Resolver.EnumAdjust;
import org.apache.avro.Resolver.ErrorAction;
import org.apache.avro.Resolver.ReaderUnion;
import org.apache.avro.Resolver.RecordAdjust;
import org.apache.avro.Resolver.WriterUnion;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/**
 * What Avro's reader would do in one direction ({@link Resolver}), walked through once for each
 * pair of types: values that it cannot read, and values that it reads as something else, which are
 * another logical type, a type that does not hold them all, a branch of a union that was not meant.
 */
final class Reading {
  private final Pairing pairing;
  private final boolean backward;
  private final GenericData data = new GenericData();
  private final IdentityHashMap<Schema, Set<Schema>> seen = new IdentityHashMap<>();
  private final IdentityHashMap<Schema, Set<Schema>> tried = new IdentityHashMap<>();
  private final List<Problem> misread = new ArrayList<>();
  private final List<Problem> unreadable = new ArrayList<>();

  private Reading(Pairing pairing, boolean backward) {
    this.pairing = pairing;
    this.backward = backward;
  }

  /** The candidate as reader of what the older version wrote. */
  static Reading backward(Pairing pairing) {
    return new Reading(pairing, true).read(pairing.older(), pairing.candidate());
  }

  /** The older version as reader of what the candidate writes. */
  static Reading forward(Pairing pairing) {
    return new Reading(pairing, false).read(pairing.candidate(), pairing.older());
  }

  /** Of what is read, and is something else then. */
  List<Problem> misread() {
    return misread;
  }

  /** Of what cannot be read. */
  List<Problem> unreadable() {
    return unreadable;
  }

  private Reading read(Schema writer, Schema reader) {
    try {
      readAliased(writer, reader);
    } catch (StackOverflowError failure) { // and B's threads have no larger stacks
      unreadable(
          Rule.INVALID_SCHEMA,
          Place.ROOT,
          "refers to itself in more ways than Avro's reader can follow",
          "let fewer types contain each other");
    }
    return this;
  }

  /** Avro knows more ways to fail than its own exception. */
  private void readAliased(Schema writer, Schema reader) {
    Schema aliased;
    try {
      aliased = Schema.applyAliases(writer, reader);
    } catch (RuntimeException failure) { // two of one name, or a default with the old name
      unreadable(
          Rule.INVALID_ALIAS,
          Place.ROOT,
          "has an alias that Avro cannot apply: " + failure.getMessage(),
          "remove the alias, or the default that it does not fit");
      return;
    }
    Action action;
    try {
      action = Resolver.resolve(aliased, reader, data);
    } catch (RuntimeException failure) { // of a version that was released with it
      unreadable(
          Rule.INVALID_DEFAULT,
          Place.ROOT,
          "has a default that Avro cannot read: " + failure.getMessage(),
          "keep the field that it is for");
      return;
    }
    look(Place.ROOT, writer, action);
    if (unreadable.isEmpty()) {
      undecodable(Grammar.fault(aliased, reader));
    }
  }

  private void undecodable(@Nullable String fault) {
    if (fault != null) {
      unreadable(Rule.INVALID_SCHEMA, Place.ROOT, fault, "let fewer types contain each other");
    }
  }

  /**
   * @param written as its author called it; the action has it with the reader's aliases applied
   */
  private void look(Place place, Schema written, Action action) {
    if (!written.isUnion() && !action.reader.isUnion()) {
      changed(place, written, action.reader);
      lookInside(place, written, action);
      return;
    }
    Branches matched =
        backward ? Branches.match(written, action.reader) : Branches.match(action.reader, written);
    if (action instanceof WriterUnion union) {
      for (int i = 0; i < union.actions.length; i++) {
        Action taken = union.actions[i];
        if (union.unionEquiv) { // by position
          taken = new ReaderUnion(taken.writer, union.reader, data, i, taken);
        }
        lookAtBranch(place, written, written.getTypes().get(i), taken, matched);
      }
    } else {
      lookAtBranch(place, written, written, action, matched);
    }
  }

  /**
   * @param whole the union that the branch is of, or the branch itself
   */
  private void lookAtBranch(
      Place place, Schema whole, Schema branch, Action action, Branches matched) {
    Schema counterpart = backward ? matched.newerOf(branch) : matched.olderOf(branch);
    if (action instanceof ReaderUnion union) {
      ambiguous(union, branch);
      Schema taken = union.reader.getTypes().get(union.firstMatch);
      Place in = place.into(Integer.toString(union.firstMatch));
      lookAtTaken(in, branch, union.actualAction, taken, counterpart);
    } else if (action.reader.isUnion()) {
      missing(place, whole, branch, action, counterpart);
    } else {
      lookAtTaken(place, branch, action, action.reader, counterpart);
    }
  }

  private void lookAtTaken(
      Place place, Schema branch, Action action, Schema taken, @Nullable Schema counterpart) {
    if (taken.equals(counterpart) || action instanceof ErrorAction) {
      changed(place, branch, taken);
      lookInside(place, branch, action);
    } else if (isOther(taken, branch)) {
      otherBranch(place, text(branch, taken), text(taken, branch));
    } else {
      lookInside(place, branch, action);
    }
  }

  private void lookInside(Place place, Schema written, Action action) {
    Schema reader = action.reader;
    boolean named = Matched.isNamed(reader) && reader.getType() == written.getType();
    if (named && !isCalled(reader, written, action)) {
      renamed(place, written, reader);
      if (reader.getType() != Schema.Type.RECORD) {
        return;
      }
    }
    if (action instanceof Resolver.Container container) {
      boolean list = reader.getType() == Schema.Type.ARRAY;
      look(
          place.into(list ? "items" : "values"),
          list ? written.getElementType() : written.getValueType(),
          container.elementAction);
    } else if (named && reader.getType() == Schema.Type.RECORD) {
      if (Pairing.isFirst(seen, written, reader)) {
        lookAtFields(place, written, action);
      }
    } else if (action instanceof EnumAdjust symbols) {
      missingSymbols(place, written, symbols);
    } else if (action instanceof ErrorAction) {
      otherType(place, written, reader);
    }
  }

  /** A registry asks for the simple name, or for an alias that is the full one. */
  private static boolean isCalled(Schema reader, Schema written, Action action) {
    boolean refused =
        action instanceof ErrorAction error
            && error.error == ErrorAction.ErrorType.NAMES_DONT_MATCH;
    return !refused
        && (reader.getName().equals(written.getName())
            || reader.getAliases().contains(written.getFullName()));
  }

  private void lookAtFields(Place record, Schema written, Action action) {
    for (Field field : action.reader.getFields()) {
      Place place = record.field(field.name(), field.pos());
      Field source = action.writer.getField(field.name());
      if (source != null) {
        Schema type = written.getFields().get(source.pos()).schema();
        Action inside = action(action, source, field);
        if (inside != null) {
          look(place.into("type"), type, inside);
        }
      } else if (written.getField(field.name()) != null) {
        unreadable(
            Rule.INVALID_ALIAS,
            place,
            "is read as another field, which has the alias `%s`".formatted(field.name()),
            "remove the alias; where a reader has it for good, choose another name");
      } else if (!field.hasDefaultValue()) {
        missingDefault(place, written);
      }
    }
  }

  /** Avro has none, or half a record's, where a field is missing. */
  private @Nullable Action action(Action record, Field source, Field field) {
    Action known = record instanceof RecordAdjust fields ? fields.fieldActions[source.pos()] : null;
    return known != null ? known : resolved(source.schema(), field.schema());
  }

  /** Of what is refused in any case; null where Avro fails to apply the aliases once more. */
  private @Nullable Action resolved(Schema writer, Schema reader) {
    try {
      return Resolver.resolve(writer, reader, data);
    } catch (RuntimeException failure) {
      return null;
    }
  }

  private void missingDefault(Place place, Schema written) {
    if (backward) {
      unreadable.add(
          pairing.backward(
              Rule.FIELD_WITHOUT_DEFAULT,
              place,
              "has no default, and older events lack the field",
              "add a default to `" + place.path() + "`"));
      return;
    }
    String name = place.path().substring(place.path().lastIndexOf('.') + 1);
    String newName = newName(name, written);
    unreadable.add(
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

  private void renamed(Place place, Schema written, Schema reader) {
    Schema older = backward ? written : reader;
    Schema newer = backward ? reader : written;
    unreadable(
        Rule.TYPE_RENAMED,
        place,
        "was called %s, is called %s".formatted(older.getFullName(), newer.getFullName()),
        "call it " + older.getName());
  }

  private void missingSymbols(Place place, Schema written, EnumAdjust symbols) {
    List<String> missing = new ArrayList<>(written.getEnumSymbols());
    missing.removeAll(symbols.reader.getEnumSymbols());
    Collections.sort(missing);
    if (missing.isEmpty()) {
      return;
    }
    if (backward) {
      unreadable(
          Rule.ENUM_SYMBOL_REMOVED,
          place,
          Remedies.symbolsRemoved(missing),
          Remedies.keepSymbols(missing));
    } else if (symbols.reader.getEnumDefault() == null) {
      unreadable(
          Rule.ENUM_SYMBOL_ADDED, place, Remedies.symbolsAdded(missing), Remedies.otherEnum());
    }
  }

  /** Of a branch that nothing in the reader's union fits: why what corresponds does not. */
  private void missing(
      Place place, Schema whole, Schema branch, Action action, @Nullable Schema known) {
    Schema reader = action.reader;
    int before = unreadable.size();
    boolean looked = false;
    Action inside = known == null ? null : resolved(action.writer, known);
    if (known != null && inside != null) {
      looked = seen.getOrDefault(branch, Set.of()).contains(known);
      Place in = place.into(Integer.toString(reader.getTypes().indexOf(known)));
      lookInside(in, branch, inside);
    }
    if (looked || unreadable.size() > before) {
      return;
    }
    String type = TypeText.of(branch);
    if (!whole.isUnion()) {
      otherType(place, whole, reader);
    } else if (backward) {
      unreadable(
          Rule.UNION_BRANCH_REMOVED,
          place,
          "can no longer be %s, which older events have".formatted(type),
          Remedies.keepBranch());
    } else {
      unreadable(
          Rule.UNION_BRANCH_ADDED,
          place,
          "can be %s now, which older readers do not know".formatted(type),
          Remedies.otherField());
    }
  }

  private void otherType(Place place, Schema written, Schema reader) {
    Schema older = backward ? written : reader;
    Schema newer = backward ? reader : written;
    unreadable(
        Rule.TYPE_CHANGED, place, pairing.typeChange(place, older, newer), Remedies.otherField());
  }

  /** What registries refuse, though Avro's reader knows which record an alias belongs to. */
  private void ambiguous(ReaderUnion union, Schema branch) {
    if (branch.getType() == Schema.Type.RECORD
        && union.reader.getTypes().stream()
            .limit(union.firstMatch)
            .filter(other -> other.getType() == Schema.Type.RECORD)
            .anyMatch(other -> Ambiguity.fitsTwo(other, branch, tried))) {
      unreadable(
          Rule.INVALID_ALIAS,
          Place.ROOT,
          "has a union in which a record's alias fits two fields of another record",
          "remove the alias, or move its record to the end of the union");
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
  private void changed(Place place, Schema written, Schema taken) {
    Schema older = backward ? written : taken;
    Schema newer = backward ? taken : written;
    if (taken.getType() != written.getType() && !isPromoted(taken, written)) {
      return;
    }
    if (!logical(older).equals(logical(newer))) {
      misread(
          Rule.LOGICAL_TYPE_CHANGED,
          place,
          "was %s, is %s: the same bytes mean something else"
              .formatted(TypeText.of(older), TypeText.of(newer)),
          Remedies.otherField());
    } else if (loses(taken, written)) {
      String what = pairing.typeChange(place, older, newer);
      misread(Rule.TYPE_CHANGED, place, what, Remedies.otherField());
    }
  }

  private static boolean isPromoted(Schema reader, Schema written) {
    return Resolver.Promote.isValid(written, reader);
  }

  /** Of a branch that its reader does not have, and takes for another. */
  private void otherBranch(Place place, String written, String taken) {
    if (backward) {
      String what = "can no longer be %s, which would be read as %s".formatted(written, taken);
      misread(Rule.UNION_BRANCH_REMOVED, place, what, Remedies.keepBranch());
    } else {
      String what = "can be %s now, which older readers take for %s".formatted(written, taken);
      misread(Rule.UNION_BRANCH_ADDED, place, what, Remedies.otherField());
    }
  }

  /** With the namespace where the two differ in nothing else. */
  private static String text(Schema one, Schema other) {
    String text = TypeText.of(one);
    return text.equals(TypeText.of(other))
        ? one.getType().getName() + " " + one.getFullName()
        : text;
  }

  private void misread(Rule rule, Place place, String what, String remedy) {
    misread.add(problem(rule, place, what, remedy));
  }

  private void unreadable(Rule rule, Place place, String what, String remedy) {
    unreadable.add(problem(rule, place, what, remedy));
  }

  private Problem problem(Rule rule, Place place, String what, String remedy) {
    if (backward) {
      return pairing.backward(rule, place, what, remedy);
    }
    Place candidate = pairing.at(place.path()).map(Matched::place).orElse(null);
    return candidate == null
        ? pairing.forwardInOlder(rule, place, what, remedy)
        : pairing.forward(rule, candidate, what, remedy);
  }
}
