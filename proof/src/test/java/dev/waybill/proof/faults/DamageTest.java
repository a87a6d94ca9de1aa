package dev.waybill.proof.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DamageTest {
  private static final List<String> FILES =
      List.of(
          "app/kafka-streams-process-metadata",
          "app/0_1/.lock",
          "app/0_1/.checkpoint",
          "app/0_1/rocksdb/ids/CURRENT",
          "app/0_1/rocksdb/ids/MANIFEST-000005",
          "app/0_1/rocksdb/ids/000012.sst",
          "app/0_1/rocksdb/ids/000013.sst",
          "app/0_1/rocksdb/ids/000014.sst");

  @TempDir Path folder;

  private Path state(String name) throws IOException {
    Path state = folder.resolve(name);
    for (String file : FILES) {
      Path path = state.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.endsWith(".lock") ? "" : "what is in " + file);
    }
    return state;
  }

  private static Map<String, String> content(Path state) throws IOException {
    Map<String, String> content = new TreeMap<>();
    if (!Files.exists(state)) {
      return content;
    }
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        content.put(state.relativize(file).toString(), Arrays.toString(Files.readAllBytes(file)));
      }
    }
    return content;
  }

  @ParameterizedTest
  @EnumSource
  void oneSeedMakesOneDamage(Damage damage) throws IOException {
    Path one = state("one");
    Path other = state("other");
    Path third = state("third");

    assertThat(damage.to(one, 7)).isEqualTo(damage.to(other, 7)).isNotEmpty();
    damage.to(third, 8);

    assertThat(content(one)).isEqualTo(content(other));
    if (damage != Damage.DELETED) {
      assertThat(content(one)).isNotEqualTo(content(third));
    }
  }

  @ParameterizedTest
  @EnumSource
  void onlyWhatItNamesIsNotAsItWas(Damage damage) throws IOException {
    Path state = state("state");
    Map<String, String> before = content(state);

    List<String> spoilt = damage.to(state, 3);

    Map<String, String> after = content(state);
    for (String file : FILES) {
      if (!spoilt.contains(file)) {
        assertThat(after.get(file)).as(file).isEqualTo(before.get(file));
      }
    }
    assertThat(after).isNotEqualTo(before);
  }

  @Test
  void truncatedIsShorterAndFlippedIsAsLong() throws IOException {
    Path state = state("state");

    for (String file : Damage.TRUNCATED.to(state, 5)) {
      assertThat(Files.size(state.resolve(file))).isLessThan(("what is in " + file).length());
    }
    Path other = state("other");
    for (String file : Damage.FLIPPED.to(other, 5)) {
      assertThat(Files.size(other.resolve(file))).isEqualTo(("what is in " + file).length());
    }
  }

  /** Or the many tables would hide the one checkpoint. */
  @Test
  void eachKindOfFileHasItsTurn() throws IOException {
    List<String> spoilt =
        Stream.iterate(0, seed -> seed + 1)
            .limit(60)
            .flatMap(
                seed -> {
                  try {
                    return Damage.FLIPPED.to(state("state-" + seed), seed).stream();
                  } catch (IOException failure) {
                    throw new AssertionError(failure);
                  }
                })
            .toList();

    assertThat(spoilt).containsAll(FILES.stream().filter(file -> !file.endsWith("lock")).toList());
  }

  @ParameterizedTest
  @EnumSource
  void whereThereIsNothingNothingHappens(Damage damage) throws IOException {
    assertThat(damage.to(folder.resolve("none"), 1)).isEmpty();
  }
}
