package dev.waybill.proof.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What is refused before anything is started. */
final class LabCommandTest {
  private final StringWriter err = new StringWriter();
  private final StringWriter out = new StringWriter();

  @TempDir private Path folder;

  private int run(String... arguments) {
    return new CommandLine(new LabCommand())
        .setErr(new PrintWriter(err))
        .setOut(new PrintWriter(out))
        .execute(arguments);
  }

  @ParameterizedTest
  @CsvSource({
    "--patterns=direct-after-commit;carrier-pigeon, there is no carrier-pigeon; there are direct-",
    "--patterns=, there is no",
    "--faults=b-down;flood, there is no flood; there are b-down",
    "--seeds=0, --seeds must be from 1 to 100",
    "--seeds=101, --seeds must be from 1 to 100",
    "--seeds=many, --seeds",
    "--mutant=none, there is no none; there are forgets-effects",
    "--report=/dev/null, /dev/null is no folder",
    "--quick --seeds=5, --quick is one seed",
    "--patterns=direct-after-commit --faults=kafka-away, can be done to direct-after-commit",
  })
  void namesWhatIsWrong(String arguments, String named) {
    int status =
        run(("--dir=" + folder.resolve("a") + " " + arguments.replace(';', ',')).split(" ", -1));

    assertThat(err.toString()).contains(named);
    assertThat(status).isEqualTo(2);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void namesAllPatternsAndFaults() {
    assertThat(run("--help")).isZero();

    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains(LabFault.names())
        .contains(Stream.of(Variant.values()).map(Variant::text).toList());
  }
}
