package dev.waybill.schemas.compatibility;

import java.util.List;
import java.util.stream.Collectors;

/** A text is no valid schema. */
public final class InvalidSchemaException extends Exception {
  private final transient List<Problem> problems;

  InvalidSchemaException(List<Problem> problems) {
    super(
        problems.stream()
            .map(one -> (one.path().isEmpty() ? one.file() : one.path()) + " " + one.what())
            .collect(Collectors.joining("; ")));
    this.problems = List.copyOf(problems);
  }

  /** All that is wrong, at least one thing. */
  public List<Problem> problems() {
    return problems;
  }
}
