package dev.waybill.runtime;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;

/**
 * Leaves out what Kafka's clients warn of at every start, although it is as it should be: whoever
 * reads a log is to see warnings of which something follows.
 */
public final class ExpectedWarnings extends Filter<ILoggingEvent> {
  private static final List<String> EXPECTED =
      List.of(
          // A topic that was created a moment ago; the client asks again.
          "The metadata response from the cluster reported a recoverable issue",
          // Nobody here has a global thread.
          "Processing exception handler is not enabled for the GlobalThread");

  @Override
  public FilterReply decide(ILoggingEvent event) {
    return event.getLoggerName().startsWith("org.apache.kafka.")
            && EXPECTED.stream().anyMatch(event.getFormattedMessage()::contains)
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }
}
