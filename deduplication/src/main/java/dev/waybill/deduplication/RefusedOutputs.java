package dev.waybill.deduplication;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;

/**
 * Notes of which record an output, a changelog's among them, is larger than the producers' {@code
 * max.request.size}. As with any failure the transaction is aborted; when it happens again, the
 * record becomes a dead letter: of each deduplication that reads it, because nobody says behind
 * which of them the output was made. Configured by {@link Deduplication#streamsConfig}.
 *
 * <p>What the broker refuses, the topic's limit being smaller, comes too late to tell of which
 * record it was: keep the limits of all topics that are written above {@code max.request.size}.
 */
public final class RefusedOutputs implements ProductionExceptionHandler {
  private static final String ATTEMPTS = "dev.waybill.deduplication.attempts.";

  private List<Attempts> attempts = List.of();

  /** The configuration with which failures are noted here, too; each deduplication's is its own. */
  static Map<String, Object> config(Recogniser<?, ?, ?> recogniser) {
    return Map.of(
        StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
        RefusedOutputs.class,
        key(recogniser.settings()),
        recogniser.attempts());
  }

  /** What has the attempts of this deduplication in a configuration. */
  static String key(DeduplicationSettings settings) {
    return ATTEMPTS + settings.name();
  }

  @Override
  public void configure(Map<String, ?> configs) {
    attempts =
        configs.values().stream()
            .filter(Attempts.class::isInstance)
            .map(Attempts.class::cast)
            .toList();
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
      Attempts.Place place =
          new Attempts.Place(context.topic(), context.partition(), context.offset());
      attempts.forEach(each -> each.failed(place, failure));
    }
    return Response.fail();
  }
}
