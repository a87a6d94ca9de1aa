package dev.waybill.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.console.ConsoleService;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Wrong usage is said in words, with exit status 2, and asks nobody. */
final class CommandsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trace",
        "trace a\u001bb",
        "audit --minutes 0",
        "audit --minutes x",
        "audit --limit 0 --tables",
        "letters",
        "letters list --limit 0",
        "letters show nowhere",
        "letters edit",
        "letters edit nowhere",
        "letters repair",
        "letters repair no/such/file --why x",
        "letters replay",
        "letters replay nowhere",
        "letters replay letters-0@1 --state open",
        "letters discard",
        "quarantine 1 --why x",
        "quarantine 01a20d6d-5a00-7000-8000-00000000000a",
        "journal --limit 0",
        "dance"
      })
  void wrongUsage(String line) {
    assertThat(run(line.split(" "))).as(line).isEqualTo(2);
    assertThat(err.toString()).isNotBlank().doesNotContain("Exception", "\u001b[2J", "a\u001bb");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trace",
        "audit",
        "letters",
        "letters list",
        "letters groups",
        "letters show",
        "letters edit",
        "letters repair",
        "letters replay",
        "letters discard",
        "letters restore",
        "quarantine",
        "journal"
      })
  void eachHasHelp(String command) {
    assertThat(run((command + " --help").split(" "))).isZero();
    assertThat(out.toString()).contains("Usage: waybill " + command);
  }

  @Test
  void discardingNeedsAReason() {
    assertThat(run("quarantine", "01a20d6d-5a00-7000-8000-00000000000a", "--why", " "))
        .isEqualTo(2);
    assertThat(err.toString()).contains("a reason");
  }

  private int run(String... arguments) {
    return new CommandLine(new ConsoleService())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
