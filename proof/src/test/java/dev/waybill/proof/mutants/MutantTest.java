package dev.waybill.proof.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.proof.world.Member;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each can be made of the sources as they are: whoever changes one of these looks at its mutant, too. */
final class MutantTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void compiles(Mutant mutant) throws IOException {
    Map<Member, Path> classes = mutant.compile(Path.of("..").toAbsolutePath().normalize(), folder);
    boolean isOfKit = mutant.tamper() != Tamper.NOTHING;
    assertThat(classes.isEmpty()).isEqualTo(isOfKit);
    for (Path first : Set.copyOf(classes.values())) {
      try (var files = Files.walk(first)) {
        assertThat(files).anyMatch(file -> file.toString().endsWith(".class"));
      }
    }
  }
}
