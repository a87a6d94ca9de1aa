package dev.waybill.proof.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.proof.edits.Edit;
import dev.waybill.proof.edits.EditedClasses;
import dev.waybill.proof.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each can be made of the sources as they are, together with the points at which processes are
 * killed: whoever changes one of these looks at its mutant, too.
 */
final class MutantTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void compiles(Mutant mutant) throws IOException {
    List<Edit> edits = new ArrayList<>(World.edits());
    edits.addAll(mutant.edits());
    Path classes = EditedClasses.of(edits, ROOT, folder);
    try (var files = Files.walk(classes)) {
      assertThat(files).anyMatch(file -> file.endsWith("LanePublisher.class"));
    }
  }

  @Test
  void eachHasAFaultOfItsOwn() {
    assertThat(Mutant.values())
        .allMatch(mutant -> mutant.edits().isEmpty() == (mutant.tamper() != Tamper.NOTHING));
  }
}
