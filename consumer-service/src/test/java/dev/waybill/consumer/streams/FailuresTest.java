package dev.waybill.consumer.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.registry.RegistryUnavailableException;
import dev.waybill.registry.SchemaRegistry;
import dev.waybill.registry.SchemaRegistryConfig;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private static final StreamThreadExceptionResponse REPLACE =
      StreamThreadExceptionResponse.REPLACE_THREAD;

  private final Ticking clock = new Ticking();
  private final List<Duration> pauses = new ArrayList<>();
  private final Failures failures = new Failures(clock);

  private StreamThreadExceptionResponse handle(Throwable failure) {
    StreamThreadExceptionResponse response = failures.handle(failure);
    pauses.add(failures.pause());
    clock.now = clock.now.plus(failures.pause());
    return response;
  }

  @Test
  void whatIsAwayIsRetriedForEverLessAndLessOften() {
    for (int i = 0; i < 8; i++) {
      assertThat(handle(new StreamsException(new TimeoutException("no broker"))))
          .isEqualTo(REPLACE);
    }

    assertThat(pauses)
        .extracting(Duration::toSeconds)
        .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
    assertThat(failures.trouble()).contains("TimeoutException: no broker");
    assertThat(failures.fatal()).isEmpty();
  }

  @Test
  void registryThatIsAwayIsAway() {
    SchemaRegistryConfig nobody =
        new SchemaRegistryConfig(
            List.of(URI.create("http://127.0.0.1:1")), null, Duration.ofMillis(200));
    try (SchemaRegistry registry = new SchemaRegistry(nobody)) {
      registry.schema(1);
    } catch (RegistryUnavailableException away) {
      assertThat(Failures.isAway(new StreamsException(away))).isTrue();
      return;
    }
    throw new AssertionError("nobody answered");
  }

  @Test
  void missingPermissionIsWaitedFor() {
    assertThat(Failures.isAway(new StreamsException(new TopicAuthorizationException("orders"))))
        .isTrue();
  }

  @Test
  void faultOfTheProgramStopsTheInstanceAfterAFewTries() {
    for (int i = 1; i < Failures.MOST_FAULTS; i++) {
      assertThat(handle(new IllegalStateException("bug"))).isEqualTo(REPLACE);
    }

    assertThat(handle(new IllegalStateException("bug")))
        .isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    assertThat(failures.fatal()).contains("IllegalStateException: bug");
    clock.now = clock.now.plus(Duration.ofHours(1));
    assertThat(failures.trouble()).as("for good").isPresent();
  }

  @Test
  void anotherInstanceOfThisOnesNameStopsItAtOnce() {
    Throwable fenced = new StreamsException(new FencedInstanceIdException("fenced"));

    assertThat(handle(fenced)).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    assertThat(failures.fatal())
        .hasValueSatisfying(why -> assertThat(why).contains("CONSUMER_INSTANCE"));
  }

  @Test
  void groupOfSomebodyElseStopsItAtOnce() {
    Throwable clash = new StreamsException(new InconsistentGroupProtocolException("no"));

    assertThat(handle(clash)).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    assertThat(failures.fatal())
        .hasValueSatisfying(why -> assertThat(why).contains("CONSUMER_APPLICATION_ID"));
  }

  @Test
  void failureIsOverAfterAMinuteWhenThereIsNothingToDecide() {
    handle(new StreamsException(new TimeoutException("no broker")));
    clock.now = clock.now.plusSeconds(61);

    assertThat(failures.trouble()).isEmpty();
  }

  @Test
  void nothingIsTriedAgainWhileTheServiceStops() {
    Failures stopping = new Failures();
    stopping.stop();

    assertThat(stopping.handle(new StreamsException(new TimeoutException("no broker"))))
        .isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
  }

  @Test
  void failureIsOverWhenTheReplacementLives() {
    handle(new IllegalStateException("bug"));
    clock.now = clock.now.plusSeconds(21);
    assertThat(failures.trouble()).as("no record was decided yet").isPresent();
    failures.progressed();
    assertThat(failures.trouble()).isEmpty();

    pauses.clear();
    assertThat(handle(new IllegalStateException("bug"))).isEqualTo(REPLACE);
    assertThat(pauses).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void whatGoesWellElsewhereDoesNotMakeAFaultForgotten() {
    for (int i = 1; i < Failures.MOST_FAULTS; i++) {
      assertThat(handle(new IllegalStateException("bug"))).isEqualTo(REPLACE);
      clock.now = clock.now.plusSeconds(60);
      failures.progressed();
      assertThat(failures.trouble()).isEmpty();
    }

    assertThat(handle(new IllegalStateException("bug")))
        .isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
  }

  @Test
  void faultsThatAreFarApartStopNobody() {
    for (int i = 0; i < 3 * Failures.MOST_FAULTS; i++) {
      assertThat(handle(new IllegalStateException("bug"))).isEqualTo(REPLACE);
      clock.now = clock.now.plus(Duration.ofMinutes(3));
    }
  }

  private static final class Ticking extends Clock {
    private Instant now = Instant.parse("2026-11-24T12:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
