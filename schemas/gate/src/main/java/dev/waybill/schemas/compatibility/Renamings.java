package dev.waybill.schemas.compatibility;

import dev.waybill.schemas.difference.Branches;
import dev.waybill.schemas.difference.Matched;
import dev.waybill.schemas.difference.Place;
import dev.waybill.schemas.difference.TypeText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;

/** Fields whose values are lost, because older events have them under another name. */
final class Renamings {
  private final Pairing pairing;
  private final List<Problem> problems = new ArrayList<>();

  private Renamings(Pairing pairing) {
    this.pairing = pairing;
  }

  /**
   * What is wrong in this way.
   *
   * @param since the versions after the older one. With none, a field can have been renamed now;
   *     else what the last of them reads from older events has to be read still
   */
  static List<Problem> problems(Pairing pairing, List<Version> since) {
    Renamings renamings = new Renamings(pairing);
    if (since.isEmpty()) {
      pairing.records().forEach(renamings::renaming);
    } else if (pairing.level().readsOlder()) {
      renamings.lostAliases(since.get(since.size() - 1));
    }
    return renamings.problems;
  }

  private void renaming(Matched record) {
    Map<List<String>, Deque<Field>> added = new HashMap<>();
    for (Field field : record.addedFields()) {
      added.computeIfAbsent(values(field.schema()), one -> new ArrayDeque<>()).add(field);
    }
    for (Field gone : record.removedFields()) {
      Field came = added.getOrDefault(values(gone.schema()), new ArrayDeque<>()).poll();
      if (came != null && !values(gone.schema()).isEmpty()) {
        renamed(record, gone, came);
      }
    }
  }

  private void renamed(Matched record, Field gone, Field came) {
    Place place = record.place().field(came.name(), came.pos());
    String what =
        "is new and `%s`, of the same type, is gone: if one became the other, its values are lost"
            .formatted(gone.name());
    String remedy =
        ("if it was renamed, add \"aliases\": [\"%s\"]; if they are two fields, release the removal"
                + " first and the addition after it")
            .formatted(gone.name());
    if (pairing.level().readsOlder()) {
      problems.add(pairing.backward(Rule.FIELD_RENAMED, place, what, remedy));
    }
    if (pairing.level().isReadByOlder() && !isReadBy(gone, came.name())) {
      problems.add(pairing.forward(Rule.FIELD_RENAMED, place, what, remedy));
    }
  }

  /** Fields that the last version reads from older events, by its aliases, and this does not. */
  private void lostAliases(Version last) {
    IdentityHashMap<Field, Field> sources = new IdentityHashMap<>();
    for (Matched one : Matched.in(pairing.older(), last.schema())) {
      if (one.fields() != null) {
        sources.put(one.fields().newer(), one.fields().older());
      }
    }
    for (Matched one : Matched.in(last.schema(), pairing.candidate())) {
      Matched.Fields fields = one.fields();
      Field source = fields == null ? null : sources.get(fields.older());
      if (fields != null && source != null && !isReadBy(fields.newer(), source.name())) {
        lost(source.name(), fields, one.place().owner());
      }
    }
  }

  private static boolean isReadBy(Field field, String name) {
    return field.name().equals(name) || field.aliases().contains(name);
  }

  private void lost(String name, Matched.Fields fields, Place place) {
    String again = "add \"%s\" to its aliases again".formatted(name);
    problems.add(
        pairing.backward(
            Rule.FIELD_RENAMED,
            place,
            "was called `%s`, and has no alias for it any more: its values are lost"
                .formatted(name),
            fields.newerRecord().getField(name) == null
                ? again
                : "call the other field not `%s`, and %s".formatted(name, again)));
  }

  /** What it holds, null aside. */
  private static List<String> values(Schema schema) {
    return Branches.of(schema).stream()
        .filter(branch -> branch.getType() != Schema.Type.NULL)
        .map(TypeText::of)
        .toList();
  }
}
