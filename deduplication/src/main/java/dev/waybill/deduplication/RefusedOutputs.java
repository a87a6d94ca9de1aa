package dev.waybill.deduplication;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.jspecify.annotations.Nullable;

/**
 * Notes of which record an output, a changelog's among them, is larger than the producers' {@code
 * max.request.size}. As with any failure the transaction is aborted; when it happens again, the
 * record becomes a dead letter. Configured by {@link Deduplication#streamsConfig}.
 *
 * <p>What the broker refuses, the topic's limit being smaller, comes too late to tell of which
 * record it was: keep the limits of all topics that are written above {@code max.request.size}.
 */
public final class RefusedOutputs implements ProductionExceptionHandler {
  static final String ATTEMPTS = "dev.waybill.deduplication.attempts";

  private @Nullable Attempts attempts;

  /** The configuration with which failures are noted here. */
  static Map<String, Object> config(Attempts attempts) {
    return Map.of(
        StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
        RefusedOutputs.class,
        ATTEMPTS,
        attempts);
  }

  @Override
  public void configure(Map<String, ?> configs) {
    attempts = (Attempts) Objects.requireNonNull(configs.get(ATTEMPTS), ATTEMPTS);
  }

  /**
   * What the client refuses it says in the thread that sends; by what the broker does, others go
   * on.
   */
  private static boolean isTheBrokers() {
    return Thread.currentThread().getName().startsWith("kafka-producer-network-thread");
  }

  static boolean isCauseOf(Throwable failure) {
    return Outages.causes(failure).anyMatch(RecordTooLargeException.class::isInstance);
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception failure) {
    if (isCauseOf(failure) && !isTheBrokers()) {
      Objects.requireNonNull(attempts)
          .failed(
              new Attempts.Place(context.topic(), context.partition(), context.offset()), failure);
    }
    return Response.fail();
  }
}
