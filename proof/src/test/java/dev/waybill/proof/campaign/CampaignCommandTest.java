package dev.waybill.proof.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What is refused before anything is started. */
final class CampaignCommandTest {
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  private int run(Object command, String... arguments) {
    return new CommandLine(command).setErr(new PrintWriter(err)).execute(arguments);
  }

  @ParameterizedTest
  @CsvSource({
    "--faults=F1;F99;x, 'F99, x'",
    "--minutes=0, --minutes",
    "--minutes=NaN, --minutes",
    "--rate=0, --rate",
    "--brokers=2, --brokers must be 1 or 3",
    "--mutant=none, there is no mutant none",
    "--seed=one, --seed",
  })
  void namesWhatIsWrong(String argument, String named) {
    int status =
        run(new CampaignCommand(), "--dir=" + folder.resolve("a"), argument.replace(';', ','));

    assertThat(err.toString()).contains(named);
    assertThat(status).isEqualTo(2);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void mutantsAreNamed() {
    assertThat(run(new MutantsCommand(), "--only=b-has-no-memory,none")).isEqualTo(2);
    assertThat(err.toString()).contains("there is no mutant none", "kit-drops");
  }
}
