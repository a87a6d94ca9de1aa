package dev.waybill.console.trace;

import dev.waybill.console.systems.AwayException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks once, and gives the same answer, or the same failure, from then on. Of one thread. */
public final class Once<T> implements Supplier<T> {
  private final Supplier<T> question;
  private @Nullable T answer;
  private @Nullable AwayException away;

  /** Asks nothing yet. */
  public Once(Supplier<T> question) {
    this.question = question;
  }

  @Override
  public T get() {
    if (away != null) {
      throw away;
    }
    if (answer == null) {
      try {
        answer = question.get();
      } catch (AwayException failure) {
        away = failure;
        throw failure;
      }
    }
    return answer;
  }
}
