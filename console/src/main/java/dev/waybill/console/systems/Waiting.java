package dev.waybill.console.systems;

import dev.waybill.runtime.Causes;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for answers. */
final class Waiting {
  private Waiting() {}

  /**
   * The answer; blocks.
   *
   * @throws AwayException when it does not come in time, or is a failure
   */
  static <T> T of(String system, Future<T> answer, Duration limit) {
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new AwayException(system, "no answer within " + limit.toSeconds() + " s");
    } catch (ExecutionException failure) {
      throw new AwayException(system, Causes.of(failure));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new AwayException(system, "the console is stopping");
    }
  }
}
