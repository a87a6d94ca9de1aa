package dev.waybill.schemas.difference;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which branches of two unions correspond, each at most once: those of one name, then of one simple
 * name, then by an alias of the newer, then what is left of one type, then what Avro can read as
 * the other. Anything but a union counts as a union of itself.
 */
public final class Branches {
  private record Pair(Schema older, Schema newer) {}

  private static final Set<Schema.Type> NUMBERS =
      Set.of(Schema.Type.INT, Schema.Type.LONG, Schema.Type.FLOAT, Schema.Type.DOUBLE);
  private static final Set<Schema.Type> TEXTS = Set.of(Schema.Type.STRING, Schema.Type.BYTES);

  private final List<Schema> olderLeft;
  private final List<Schema> newerLeft;
  private final List<Pair> pairs = new ArrayList<>();

  private Branches(Schema older, Schema newer) {
    this.olderLeft = new ArrayList<>(of(older));
    this.newerLeft = new ArrayList<>(of(newer));
  }

  /** Matches the branches of two schemas. */
  public static Branches match(Schema older, Schema newer) {
    Branches branches = new Branches(older, newer);
    branches.match((one, other) -> one.getFullName().equals(other.getFullName()));
    branches.match((one, other) -> one.getName().equals(other.getName()));
    branches.match(
        (one, other) -> Matched.isNamed(other) && other.getAliases().contains(one.getFullName()));
    branches.match((one, other) -> true);
    branches.matchPromoted();
    return branches;
  }

  /** The branches of a union; of any other type, itself. */
  public static List<Schema> of(Schema schema) {
    return schema.getType() == Schema.Type.UNION ? schema.getTypes() : List.of(schema);
  }

  /** What corresponds to this branch of the newer schema; null for nothing. */
  public @Nullable Schema olderOf(Schema newer) {
    return pairs.stream()
        .filter(pair -> pair.newer().equals(newer))
        .map(Pair::older)
        .findFirst()
        .orElse(null);
  }

  /** What corresponds to this branch of the older schema; null for nothing. */
  public @Nullable Schema newerOf(Schema older) {
    return pairs.stream()
        .filter(pair -> pair.older().equals(older))
        .map(Pair::newer)
        .findFirst()
        .orElse(null);
  }

  private void match(BiPredicate<Schema, Schema> alike) {
    for (Schema newer : List.copyOf(newerLeft)) {
      olderLeft.stream()
          .filter(older -> older.getType() == newer.getType() && alike.test(older, newer))
          .findFirst()
          .ifPresent(older -> pair(older, newer));
    }
  }

  private void matchPromoted() {
    for (Schema newer : List.copyOf(newerLeft)) {
      olderLeft.stream()
          .filter(older -> promoted(older.getType(), newer.getType()))
          .findFirst()
          .ifPresent(older -> pair(older, newer));
    }
  }

  private static boolean promoted(Schema.Type some, Schema.Type other) {
    return Stream.of(NUMBERS, TEXTS).anyMatch(kind -> kind.contains(some) && kind.contains(other));
  }

  private void pair(Schema older, Schema newer) {
    olderLeft.remove(older);
    newerLeft.remove(newer);
    pairs.add(new Pair(older, newer));
  }
}
