package dev.waybill.proof.console;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Leaves tests out, and says why, where the machine has no Chromium or no driver of it; with {@code
 * -Dwaybill.browser.required=true} that is a failure.
 */
final class Chromium implements ExecutionCondition {
  private static final boolean REQUIRED = Boolean.getBoolean("waybill.browser.required");

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<String> missing =
        Stream.of("chromium", "chromedriver").filter(name -> found(name).isEmpty()).findFirst();
    if (missing.isEmpty()) {
      return ConditionEvaluationResult.enabled("in a real browser");
    }
    String reason =
        "no "
            + missing.get()
            + " on the PATH; Debian has both in its packages chromium and chromium-driver";
    if (REQUIRED) {
      throw new IllegalStateException(reason + ", but waybill.browser.required=true");
    }
    return ConditionEvaluationResult.disabled(reason);
  }

  /** Where a program is. */
  static Path program(String name) {
    return found(name).orElseThrow(() -> new IllegalStateException("no " + name + " on the PATH"));
  }

  private static Optional<Path> found(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
