package dev.waybill.schemas.compatibility;

import dev.waybill.schemas.difference.Matched;
import dev.waybill.schemas.difference.Place;
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

  /** The whole types of the field at this path, in both. */
  Optional<Matched> at(String path) {
    return matched.stream()
        .filter(one -> one.isWhole() && one.place().path().equals(path))
        .findFirst();
  }

  /** The older schema's events are not read as they were meant. */
  Problem backward(Rule rule, Place place, String what, String remedy) {
    return new Problem(
        rule,
        place.path(),
        what,
        remedy,
        place.pointer(),
        file,
        List.of(older.number()),
        List.of());
  }

  /** The older schema's readers do not read new events as they are meant. */
  Problem forward(Rule rule, Place place, String what, String remedy) {
    return new Problem(
        rule,
        place.path(),
        what,
        remedy,
        place.pointer(),
        file,
        List.of(),
        List.of(older.number()));
  }

  /** As {@link #forward}, at a place in the older schema. */
  Problem forwardInOlder(Rule rule, Place place, String what, String remedy) {
    return new Problem(
        rule,
        place.path(),
        what,
        remedy,
        place.pointer(),
        older.file(),
        List.of(),
        List.of(older.number()));
  }

  /** In the directions that the level promises. */
  Problem promised(Rule rule, Place place, String what, String remedy) {
    List<Integer> version = List.of(older.number());
    return new Problem(
        rule,
        place.path(),
        what,
        remedy,
        place.pointer(),
        file,
        level.readsOlder() ? version : List.of(),
        level.isReadByOlder() ? version : List.of());
  }
}
