package dev.waybill.deduplication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.MalformedInputException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.junit.jupiter.api.Test;

class OutagesTest {
  @Test
  void whatIsAwayIsToldByWhatWasThrownFirst() {
    for (Throwable away :
        List.of(
            new UnavailableException("down for an hour", new IllegalStateException()),
            new ConnectException("refused"),
            new UnknownHostException("registry"),
            new HttpTimeoutException("10 s"),
            new SSLException("handshake"),
            new ClosedChannelException(),
            new IOException("HTTP/1.1 header parser received no bytes"),
            new IOException("Connection reset by peer"),
            new TimeoutException("no answer"),
            new InterruptedException(),
            new SQLTransientConnectionException("no connection"),
            new SQLException("admin shutdown", "57P01"),
            new SQLException("disk full", "53100"),
            new DisconnectException("gone"),
            new TopicAuthorizationException("orders"),
            new TaskMigratedException("fenced"),
            new ProcessorStateException("no space"))) {
      assertThat(Outages.isOutage(away)).as("%s", away).isTrue();
      assertThat(Outages.isOutage(new StreamsException(new RuntimeException(away))))
          .as("%s, wrapped", away)
          .isTrue();
    }
  }

  @Test
  void whatIsAboutTheRecordIsNot() {
    for (Throwable own :
        List.of(
            new ArithmeticException("long overflow"),
            new UncheckedIOException(new IOException("unexpected character")),
            new EOFException(),
            new MalformedInputException(3),
            new SQLException("duplicate key", "23505"),
            new SQLException("no state"),
            new SerializationException("too deep"),
            new InvalidTopicException("a/b"),
            new StreamsException("no cause"),
            new StackOverflowError())) {
      assertThat(Outages.isOutage(own)).as("%s", own).isFalse();
      assertThat(Outages.isOutage(new StreamsException(own))).as("%s, wrapped", own).isFalse();
    }
  }

  @Test
  void circleOfCausesEnds() {
    RuntimeException one = new RuntimeException();
    RuntimeException two = new RuntimeException(one);
    one.initCause(two);

    assertThat(Outages.isOutage(one)).isFalse();
  }
}
