package dev.waybill.relay.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.relay.cursor.UnreadableCursorException;
import dev.waybill.relay.lane.LaneFailure.Kind;
import dev.waybill.relay.source.StandbyException;
import dev.waybill.relay.topic.TopicChangedException;
import java.sql.SQLException;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class LaneFailureTest {

  @Test
  void causeDecidesHoweverDeepItLies() {
    assertThat(kind(new CompletionException(new KafkaException(new ProducerFencedException("p")))))
        .isEqualTo(Kind.FENCED);
    assertThat(kind(new KafkaException("x", new InvalidProducerEpochException("e"))))
        .isEqualTo(Kind.FENCED);
    assertThat(kind(new KafkaException("x", new TopicAuthorizationException("t"))))
        .isEqualTo(Kind.NOT_ALLOWED);
    assertThat(kind(new TimeoutException("x"))).isEqualTo(Kind.KAFKA);
    assertThat(kind(new SQLException("x"))).isEqualTo(Kind.DATABASE);
    assertThat(kind(new StandbyException())).isEqualTo(Kind.STANDBY);
    assertThat(kind(new UnreadableCursorException("x", null))).isEqualTo(Kind.CURSOR_UNREADABLE);
    assertThat(kind(new TopicChangedException("x"))).isEqualTo(Kind.TOPIC_CHANGED);
    assertThat(kind(new StackOverflowError())).isEqualTo(Kind.OTHER);
  }

  @Test
  void reasonIsOneLineWithEveryMessageOnce() {
    SQLException cause = new SQLException("connection refused\n  to 127.0.0.1");

    assertThat(LaneFailure.of(new SQLException("no connection", cause)).reason())
        .isEqualTo("database: no connection; connection refused to 127.0.0.1");
    assertThat(LaneFailure.of(new RuntimeException(cause.getMessage(), cause)).reason())
        .isEqualTo("database: connection refused to 127.0.0.1");
  }

  @Test
  void reasonWithoutAnyMessageIsTheException() {
    assertThat(LaneFailure.of(new IllegalStateException()).reason())
        .isEqualTo("other: IllegalStateException");
  }

  @Test
  void tagIsLowerCaseAlsoInTurkish() {
    assertThat(Kind.REGISTRY_AWAY.tag()).isEqualTo("registry_away");
  }

  private static Kind kind(Throwable failure) {
    return LaneFailure.of(failure).kind();
  }
}
