package dev.waybill.runtime.transactions;

import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;

/** What Kafka's admin client answers, waited for. */
public final class Answers {
  private Answers() {}

  /**
   * Blocks until the answer is there.
   *
   * @throws KafkaException what the broker or the client said instead, also when interrupted
   */
  public static <T> T of(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    } catch (ExecutionException failure) {
      Throwable cause = Objects.requireNonNullElse(failure.getCause(), failure);
      throw cause instanceof KafkaException kafka ? kafka : new KafkaException(cause);
    }
  }
}
