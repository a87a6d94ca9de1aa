package dev.waybill.consumer.streams;

import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Fails the task, as Kafka Streams' own default does, without a word: {@link Failures} hears of it
 * next, and says it once.
 */
public final class FailTheTask implements ProcessingExceptionHandler {
  @Override
  public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception failure) {
    return Response.fail();
  }

  /** Has no settings. */
  @Override
  public void configure(Map<String, ?> configs) {}
}
