package dev.waybill.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;

@ExtendWith(Postgres.class)
class LoadCommandTest {
  private final StringWriter printed = new StringWriter();

  private int run(String... arguments) {
    return new CommandLine(new ProducerService())
        .setOut(new PrintWriter(printed))
        .setErr(new PrintWriter(printed))
        .execute(arguments);
  }

  private static String sharedUrl() {
    return "http://127.0.0.1:" + Postgres.sharedPort();
  }

  @Test
  void loadEndsWithASummaryAndZero() {
    int status =
        run(
            "load",
            "--url",
            sharedUrl(),
            "--rate=400",
            "--count=120",
            "--seed=7",
            "--retry-share=0.2");

    assertThat(printed.toString())
        .contains("120 requests at 400.0/s to " + sharedUrl() + ", seed 7")
        .contains("sent 120  ok 120  failed 0")
        .contains("every request got its expected answer");
    assertThat(status).isZero();
    assertThat(AppendedEvent.all()).hasSize(120);
  }

  @Test
  void longerLoadSaysHowFarItIs() {
    assertThat(run("load", "--url", sharedUrl(), "--rate=50", "--count=280")).isZero();

    assertThat(printed.toString().lines().filter(line -> line.contains("  ok "))).hasSize(2);
    assertThat(printed.toString()).containsPattern("seed \\d+");
  }

  @Test
  void loadThatFailsEndsWithOne() {
    int nobody = Tunnel.freePort();
    int status = run("load", "--url=http://127.0.0.1:" + nobody, "--count=3", "--retry-for=0");

    assertThat(printed.toString()).contains("3 requests did not get their expected answer");
    assertThat(status).isEqualTo(1);
  }

  @Test
  void wrongOptionsAreRefused() {
    assertThat(run("load", "--rate=0")).isEqualTo(2);
    assertThat(printed.toString()).contains("rate must be from 0.1 to 100000");
    assertThat(run("load", "--url=ftp://x")).isEqualTo(2);
  }

  @Test
  void everyVariableOfTheHelpIsOnItsPage() throws Exception {
    assertThat(run("--help")).isZero();

    String page = Files.readString(Path.of("../docs/producer.md"));
    assertThat(Pattern.compile("[A-Z]+_[A-Z_]+").matcher(printed.toString()).results())
        .hasSize(12)
        .extracting(MatchResult::group)
        .allSatisfy(variable -> assertThat(page).contains("`" + variable + "`"));
  }
}
