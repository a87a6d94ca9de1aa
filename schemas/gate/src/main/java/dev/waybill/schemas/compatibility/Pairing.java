package dev.waybill.schemas.compatibility;

import dev.waybill.schemas.difference.Matched;
import dev.waybill.schemas.difference.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** A candidate, a version that it is held against, and the words for what is wrong between them. */
final class Pairing {
  private final Level level;
  private final Version older;
  private final Schema candidate;
  private final String file;
  private final List<Matched> matched;

  Pairing(Level level, Version older, Schema candidate, String file) {
    this.level = level;
    this.older = older;
    this.candidate = candidate;
    this.file = file;
    this.matched = Matched.in(older.schema(), candidate);
  }

  Level level() {
    return level;
  }

  Schema older() {
    return older.schema();
  }

  Schema candidate() {
    return candidate;
  }

  List<Matched> matched() {
    return matched;
  }

  /** What corresponds at this path, from the outside in: a field's whole type first. */
  Optional<Matched> at(String path) {
    return matched.stream().filter(one -> one.place().path().equals(path)).findFirst();
  }

  /** Aliases of the candidate's fields that are other fields of the older version. */
  List<Problem> ambiguousAliases() {
    List<Problem> problems = new ArrayList<>();
    for (Matched one : matched) {
      if (one.both(Schema.Type.RECORD)) {
        for (Schema.Field field : one.newer().getFields()) {
          ambiguousAlias(one, field).ifPresent(problems::add);
        }
      }
    }
    return problems;
  }

  private Optional<Problem> ambiguousAlias(Matched record, Schema.Field field) {
    return field.aliases().stream()
        .filter(alias -> record.older().getField(field.name()) != null)
        .filter(alias -> record.older().getField(alias) != null)
        .findFirst()
        .map(
            alias ->
                backward(
                    Rule.INVALID_ALIAS,
                    record.place().field(field.name(), field.pos()),
                    "has the alias `%s`, but older events have both fields".formatted(alias),
                    "remove the alias: what `%s` was is not this field".formatted(alias)));
  }

  /** The older schema's events are not read as they were meant. */
  Problem backward(Rule rule, Place place, String what, String remedy) {
    return problem(rule, place, what, remedy, file, true, false);
  }

  /** The older schema's readers do not read new events as they are meant. */
  Problem forward(Rule rule, Place place, String what, String remedy) {
    return problem(rule, place, what, remedy, file, false, true);
  }

  /** As {@link #forward}, at a place in the older schema. */
  Problem forwardInOlder(Rule rule, Place place, String what, String remedy) {
    return problem(rule, place, what, remedy, older.file(), false, true);
  }

  /** In the directions that the level promises. */
  Problem promised(Rule rule, Place place, String what, String remedy) {
    return problem(rule, place, what, remedy, file, level.readsOlder(), level.isReadByOlder());
  }

  private Problem problem(
      Rule rule,
      Place place,
      String what,
      String remedy,
      String where,
      boolean backward,
      boolean forward) {
    List<Integer> version = List.of(older.number());
    return new Problem(
        rule,
        place.path(),
        what,
        remedy,
        place.pointer(),
        where,
        backward ? version : List.of(),
        forward ? version : List.of());
  }
}
