package dev.waybill.schemas.compatibility;

import dev.waybill.schemas.difference.Matched;
import dev.waybill.schemas.difference.Place;
import dev.waybill.schemas.difference.TypeText;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/** A candidate, a version that it is held against, and the words for what is wrong between them. */
final class Pairing {
  private final Level level;
  private final Version older;
  private final Schema candidate;
  private final String file;
  private final List<Matched> matched;
  private final Map<String, Matched> byPath = new HashMap<>();

  Pairing(Level level, Version older, Schema candidate, String file) {
    this.level = level;
    this.older = older;
    this.candidate = candidate;
    this.file = file;
    this.matched = Matched.in(older.schema(), candidate);
    matched.forEach(one -> byPath.putIfAbsent(one.place().path(), one));
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

  /** The records of {@link #matched}, each pair of types once. */
  List<Matched> records() {
    IdentityHashMap<Schema, Set<Schema>> seen = new IdentityHashMap<>();
    return matched.stream()
        .filter(one -> one.both(Schema.Type.RECORD))
        .filter(one -> isFirst(seen, one.newer(), one.older()))
        .toList();
  }

  /** Whether this pair of types, themselves and not their likes, was not seen before. */
  static boolean isFirst(IdentityHashMap<Schema, Set<Schema>> seen, Schema one, Schema other) {
    return seen.computeIfAbsent(one, key -> Collections.newSetFromMap(new IdentityHashMap<>()))
        .add(other);
  }

  /** What corresponds at this path, from the outside in: a field's whole type first. */
  Optional<Matched> at(String path) {
    return Optional.ofNullable(byPath.get(path));
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
