package dev.waybill.schemas.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.schemas.difference.Difference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The gate's yes means that Avro reads every value, unchanged but for defaults; and whatever the
 * schemas, it answers.
 *
 * <p>Random chains of versions are held against each other, random values written with one and read
 * with the other: the same in each build, so that what fails is the change's own. {@code
 * -Dgate.seed=…} makes others, {@code -Dgate.seconds=600} more.
 */
final class GateKeepsItsWordTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Versions of a schema, the last of which is the candidate. */
  private record Chain(Level level, List<String> versions) {}

  private final Map<Rule, Integer> harmless = new EnumMap<>(Rule.class);
  private final Map<Rule, Integer> refusals = new EnumMap<>(Rule.class);
  private long chains;
  private long passed;

  @Test
  void whatTheGateLetsPassIsReadAsItWasWritten() {
    long seed = Long.getLong("gate.seed", 30_000_000);
    Duration length = Duration.ofSeconds(Long.getLong("gate.seconds", 60));
    System.out.println("gate.seed=" + seed);
    long end = System.nanoTime() + length.toNanos();
    String found = null;
    for (long next = seed; found == null && System.nanoTime() < end; next++) {
      Chain chain = chain(new Random(next));
      String failure = failure(chain, next, true);
      if (failure != null) {
        Chain least = least(chain, failure, next);
        found = "gate.seed=%s: %s%n%s".formatted(next, failure(least, next, false), least);
      }
    }
    System.out.printf(
        "%s chains, %s let pass; refused for one reason %s, of which 200 values were read %s%n",
        chains, passed, refusals, harmless);
    assertThat(found).isNull();
    assertThat(passed).isPositive();
  }

  private static Chain chain(Random random) {
    List<String> versions = new ArrayList<>();
    SchemaModel model = new SchemaModel(random);
    versions.add(model.toString());
    for (int i = 0; i <= random.nextInt(2); i++) {
      model = random.nextInt(50) == 0 ? new SchemaModel(random) : model.changed();
      versions.add(model.toString());
    }
    Level[] levels = Level.values();
    return new Chain(levels[1 + random.nextInt(levels.length - 1)], versions);
  }

  /** What is wrong with the gate's answer; null: nothing, or the schemas are none. */
  private @Nullable String failure(Chain chain, long seed, boolean counted) {
    List<Version> released = new ArrayList<>();
    Schema candidate;
    try {
      candidate = SchemaText.parse(chain.versions().get(chain.versions().size() - 1), "newer");
      for (String version : chain.versions().subList(0, chain.versions().size() - 1)) {
        int number = released.size() + 1;
        if (seed % 10 != 0) { // else as released before the gate knew better
          SchemaText.parse(version, "older");
        }
        released.add(new Version(number, SchemaText.released(version, "older"), "older"));
      }
    } catch (InvalidSchemaException invalid) {
      return null;
    } catch (RuntimeException | StackOverflowError failure) {
      return "parsing: " + failure;
    }
    try {
      List<Problem> problems = Compatibility.problems(chain.level(), released, candidate, "newer");
      released.forEach(older -> Difference.between(older.schema(), candidate));
      chains++;
      if (problems.isEmpty()) {
        passed++;
        String failure = misread(chain.level(), released, candidate, 25, new Random(seed));
        return failure != null || taken(chain.level(), released, candidate)
            ? failure
            : "a registry refuses it";
      }
      if (counted && seed % 8 == 0) {
        count(chain.level(), problems, released, candidate, new Random(seed));
      }
      return null;
    } catch (RuntimeException | StackOverflowError failure) {
      return "gate: " + failure.getClass() + failure.getStackTrace()[0];
    }
  }

  /** What goes wrong with so many values in each direction that the level promises. */
  private static @Nullable String misread(
      Level level, List<Version> released, Schema candidate, int values, Random random) {
    for (Version older : level.compared(released)) {
      Schema old = older.schema();
      String failure = null;
      if (level.readsOlder()) {
        failure = new ReadAgain(old, candidate, false, random).failure(values);
      }
      if (failure == null && level.isReadByOlder()) {
        failure = new ReadAgain(candidate, old, true, random).failure(values);
      }
      if (failure != null) {
        return "read: " + failure;
      }
    }
    return null;
  }

  /** What the gate lets pass, a registry takes. */
  private static boolean taken(Level level, List<Version> released, Schema candidate) {
    return level.compared(released).stream()
        .map(Version::schema)
        .allMatch(
            old ->
                (!level.readsOlder() || isCompatible(candidate, old))
                    && (!level.isReadByOlder() || isCompatible(old, candidate)));
  }

  private static boolean isCompatible(Schema reader, Schema writer) {
    try {
      return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType()
          == SchemaCompatibilityType.COMPATIBLE;
    } catch (AvroRuntimeException ambiguous) {
      return false;
    }
  }

  /** Refusals for one reason that no value of 200 confirms. */
  private void count(
      Level level,
      List<Problem> problems,
      List<Version> released,
      Schema candidate,
      Random random) {
    Set<Rule> rules = problems.stream().map(Problem::rule).collect(Collectors.toSet());
    if (rules.size() != 1) {
      return;
    }
    Rule rule = rules.iterator().next();
    if (!RandomValue.ends(candidate)
        || !released.stream().allMatch(older -> RandomValue.ends(older.schema()))) {
      return;
    }
    refusals.merge(rule, 1, Integer::sum);
    if (misread(level, released, candidate, 200, random) == null) {
      harmless.merge(rule, 1, Integer::sum);
    }
  }

  /** The smallest schemas that fail in the same way, by leaving out parts as long as they do. */
  private Chain least(Chain chain, String failure, long seed) {
    String kind = kind(failure);
    Chain least = chain;
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      for (Chain one : smaller(least)) {
        String again = failure(one, seed, false);
        if (again != null && kind(again).equals(kind)) {
          least = one;
          smaller = true;
          break;
        }
      }
    }
    return least;
  }

  private static String kind(String failure) {
    return failure.replaceAll("(?s)[^a-zA-Z ].*", "");
  }

  private static List<Chain> smaller(Chain chain) {
    List<Chain> all = new ArrayList<>();
    List<String> versions = chain.versions();
    for (int i = 0; i < versions.size(); i++) {
      if (versions.size() > 2) {
        List<String> fewer = new ArrayList<>(versions);
        fewer.remove(i);
        all.add(new Chain(chain.level(), fewer));
      }
    }
    Set<String> places =
        versions.stream()
            .flatMap(one -> Shrinking.places(tree(one)).stream())
            .collect(Collectors.toSet());
    for (String place : places) {
      for (boolean replaced : new boolean[] {false, true}) {
        if (replaced && !place.matches(".*/(type|items|values|\\d+)")) {
          continue; // is no type
        }
        List<String> everywhere = new ArrayList<>();
        versions.forEach(one -> everywhere.add(Shrinking.without(tree(one), place, replaced)));
        if (!everywhere.equals(versions)) {
          all.add(new Chain(chain.level(), everywhere));
        }
        for (int i = 0; i < versions.size(); i++) {
          List<String> here = new ArrayList<>(versions);
          here.set(i, everywhere.get(i));
          if (!here.equals(versions)) {
            all.add(new Chain(chain.level(), here));
          }
        }
      }
    }
    return all;
  }

  private static JsonNode tree(String schema) {
    try {
      return JSON.readTree(schema);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
