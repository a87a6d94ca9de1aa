package dev.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import org.junit.jupiter.api.Test;

final class ExpectedWarningsTest {
  private static final String CLIENT = "org.apache.kafka.clients.NetworkClient";

  private final LoggerContext context = new LoggerContext();

  @Test
  void whatFollowsFromATopicBeingNewIsLeftOutAndNothingElse() {
    String expected =
        "[Consumer clientId=a] The metadata response from the cluster reported a recoverable issue"
            + " with correlation id 2 : {t=UNKNOWN_TOPIC_OR_PARTITION}";
    assertThat(decided(CLIENT, expected)).isEqualTo(FilterReply.DENY);
    assertThat(decided("dev.waybill.relay", expected)).isEqualTo(FilterReply.NEUTRAL);
    assertThat(decided(CLIENT, "Connection to node 1 could not be established"))
        .isEqualTo(FilterReply.NEUTRAL);
  }

  private FilterReply decided(String logger, String message) {
    Logger of = context.getLogger(logger);
    return new ExpectedWarnings()
        .decide(new LoggingEvent(Logger.class.getName(), of, Level.WARN, message, null, null));
  }
}
