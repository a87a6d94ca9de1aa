package dev.waybill.proof.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class CheckCommandTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aCleanLedgerIsDone() throws IOException {
    Attack.write(new Attack().ledger(), folder);

    assertThat(check()).isZero();
    assertThat(out.toString())
        .contains("Nothing was found.", "This run again: ./waybill campaign --seed 7");
  }

  @Test
  void aFindingFails() throws IOException {
    Attack.write(new Attack().withoutNotification(Attack.A2).ledger(), folder);

    assertThat(check()).isEqualTo(1);
    assertThat(out.toString()).contains("IT DOES NOT HOLD", Attack.A2 + " has lost its effect");
  }

  @Test
  void aRunThatWasCutOffFails() throws IOException {
    Attack.write(new Attack().cutOff().ledger(), folder);

    assertThat(check()).isEqualTo(1);
  }

  @Test
  void whatIsNoLedgerIsWrongUsage() {
    assertThat(check()).isEqualTo(2);
    assertThat(err.toString()).contains(folder + " has no ledger");
  }

  @Test
  void ofSeveralTheSumIsSaid() throws IOException {
    Path clean = folder.resolve("clean");
    Path broken = folder.resolve("broken");
    Attack.write(new Attack().ledger(), clean);
    Attack.write(new Attack().withoutNotification(Attack.A2).ledger(), broken);

    assertThat(check(clean, clean)).isZero();
    assertThat(out.toString())
        .contains("2 runs of 1 seeds, 0 of them with three brokers: ", "nothing was found.");

    assertThat(check(clean, broken)).isEqualTo(1);
    assertThat(out.toString())
        .contains(Attack.A2 + " has lost its effect", "IT DOES NOT HOLD in 1");
  }

  private int check() {
    return check(folder);
  }

  private int check(Path... folders) {
    return new CommandLine(new CheckCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err, true))
        .execute(Stream.of(folders).map(Path::toString).toArray(String[]::new));
  }
}
