package dev.waybill.schemas.compatibility;

import dev.waybill.schemas.difference.Matched;
import dev.waybill.schemas.difference.Place;
import dev.waybill.schemas.difference.TypeText;
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

  /** In words: what a type was and is; of a field, its whole type. */
  String typeChange(Place place, Schema before, Schema after) {
    Optional<Matched> whole = at(place.path()).filter(Matched::isWhole);
    return "was %s, is %s"
        .formatted(
            TypeText.of(whole.map(Matched::older).orElse(before)),
            TypeText.of(whole.map(Matched::newer).orElse(after)));
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
