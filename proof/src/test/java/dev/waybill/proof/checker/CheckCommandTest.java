package dev.waybill.proof.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
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

  private int check() {
    return new CommandLine(new CheckCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err, true))
        .execute(folder.toString());
  }
}
