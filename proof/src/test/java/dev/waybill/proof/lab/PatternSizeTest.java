package dev.waybill.proof.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pattern that is not read in a few minutes is believed by nobody. */
final class PatternSizeTest {
  private static final Path PATTERNS = Path.of("src/main/java/dev/waybill/proof/patterns");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "directaftercommit",
        "directintransaction",
        "externalqueuepush",
        "externalqueuepull",
        "internalqueuepush",
        "internalqueuerelay"
      })
  void eachPatternHasLessThan150LinesOfCodeAndItsSteps(String pattern) throws IOException {
    long shared = pattern.startsWith("external") ? lines("externalqueue") : 0;

    assertThat(shared + lines(pattern)).isPositive().isLessThan(150);
    assertThat(Files.readString(PATTERNS.resolve(pattern).resolve("package-info.java")))
        .contains("<ol", "<li>");
  }

  private static long lines(String folder) throws IOException {
    try (Stream<Path> files = Files.list(PATTERNS.resolve(folder))) {
      long lines = 0;
      for (Path file : files.toList()) {
        lines += Files.readAllLines(file).stream().filter(PatternSizeTest::isCode).count();
      }
      return lines;
    }
  }

  private static boolean isCode(String line) {
    String text = line.strip();
    return !text.isEmpty()
        && List.of("import", "package", "*", "/*", "//").stream().noneMatch(text::startsWith);
  }
}
