package dev.waybill.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens when the registry is away, slow or wants to know who asks. */
@Timeout(60)
final class RegistryOutageTest {
  private static final String AWAY = "{\"error_code\":50002,\"message\":\"store timed out\"}";

  private final FakeRegistry server = new FakeRegistry();
  private final FakeRegistry other = new FakeRegistry();

  @AfterEach
  void stop() {
    server.close();
    other.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 408, 429, 500, 502, 503})
  void failureThatMayPassIsTriedAgain(int status) {
    server.next(status, "<html>Bad gateway</html>").next(status, AWAY);

    try (SchemaRegistry registry = server.client()) {
      assertThat(registry.register("a-value", Schemas.greeting())).isEqualTo(1);
    }
    assertThat(server.requests()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 429, 500})
  void failureThatStaysIsAnOutageAndNotRemembered(int status) {
    for (int i = 0; i < RegistryHttp.ROUNDS; i++) {
      server.next(status, AWAY);
    }

    try (SchemaRegistry registry = server.client()) {
      assertThatExceptionOfType(RegistryUnavailableException.class)
          .isThrownBy(() -> registry.register("a-value", Schemas.greeting()))
          .withMessageContaining("POST /subjects/a-value/versions")
          .withMessageContaining("after 4 attempts")
          .withMessageContaining(server.url())
          .matches(e -> e.errorCode() == (status == 0 ? 0 : 50002))
          .matches(RegistryException::isCauseOf);
      assertThat(server.requests()).hasSize(4);
      assertThat(registry.register("a-value", Schemas.greeting())).isEqualTo(1);
    }
  }

  @Test
  void anotherAddressIsAskedWhenOneIsAwayAndThenPreferred() {
    server.next(500, AWAY);

    try (SchemaRegistry registry = client(null, server.url(), other.url() + "/")) {
      assertThat(registry.register("a-value", Schemas.greeting())).isEqualTo(1);
      assertThat(registry.register("b-value", Schemas.greeting())).isEqualTo(1);
    }
    assertThat(server.requests()).hasSize(1);
    assertThat(other.requests()).hasSize(2);
  }

  @Test
  void addressThatRefusesConnectionsIsPassedOver() {
    server.close();

    try (SchemaRegistry registry = client(null, server.url(), other.url())) {
      assertThat(registry.register("a-value", Schemas.greeting())).isEqualTo(1);
    }
  }

  @Test
  void outageNamesEveryAddressAndNoPassword() {
    server.close();
    other.close();

    try (SchemaRegistry registry =
        client("me:secret-1", server.url(), other.url().replace("//", "//you:secret-2@"))) {
      assertThatThrownBy(() -> registry.schema(1))
          .isInstanceOf(RegistryUnavailableException.class)
          .hasMessageContaining(server.url())
          .hasMessageContaining(other.url())
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void registryThatDoesNotAnswerInTimeIsAway() {
    server.hold();

    assertNoAnswerInTime();
  }

  @Test
  void registryThatBeginsToAnswerAndStopsIsAway() {
    server.stalls().stalls().stalls().stalls();

    assertNoAnswerInTime();
  }

  private void assertNoAnswerInTime() {
    SchemaRegistryConfig config =
        new SchemaRegistryConfig(List.of(URI.create(server.url())), null, Duration.ofMillis(50));
    try (SchemaRegistry registry = new SchemaRegistry(config)) {
      assertThatThrownBy(() -> registry.schema(1))
          .isInstanceOf(RegistryUnavailableException.class)
          .hasMessageContaining("no answer within 50 ms");
      server.close();
    }
  }

  @Test
  void interruptEndsTheCallAndStaysSet() {
    server.hold();
    try (SchemaRegistry registry = server.client()) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> registry.schema(1))
          .isInstanceOf(RegistryUnavailableException.class)
          .hasMessageContaining("interrupted");
      assertThat(Thread.interrupted()).isTrue();
      server.release();
    }
  }

  @Test
  void userIsSentToEveryAddressBeforeWhatTheAddressCarries() {
    server.next(500, AWAY);

    try (SchemaRegistry registry =
        client("me:pass", server.url(), other.url().replace("//", "//you:word@"))) {
      registry.register("a-value", Schemas.greeting());
    }
    // echo -n me:pass | base64
    assertThat(server.requests().get(0).authorization()).isEqualTo("Basic bWU6cGFzcw==");
    assertThat(other.requests().get(0).authorization()).isEqualTo("Basic bWU6cGFzcw==");
  }

  @Test
  void userOfAnAddressIsSentToItAlone() {
    server.next(500, AWAY);

    try (SchemaRegistry registry =
        client(null, server.url(), other.url().replace("//", "//you:w%40rd@"))) {
      registry.register("a-value", Schemas.greeting());
    }
    // echo -n you:w@rd | base64
    assertThat(server.requests().get(0).authorization()).isNull();
    assertThat(other.requests().get(0).authorization()).isEqualTo("Basic eW91OndAcmQ=");
  }

  @Test
  void closedClientEndsItsThreadsAndAsksNothing() throws Exception {
    Set<Thread> before = selectors();
    SchemaRegistry registry = server.client();
    registry.register("a-value", Schemas.greeting());
    Set<Thread> own = selectors();
    own.removeAll(before);
    assertThat(own).hasSize(1);

    registry.close();

    for (Thread thread : own) {
      while (thread.isAlive()) {
        System.gc(); // JDK 17 has no other way to end an HTTP client
        thread.join(100);
      }
    }
    assertThatThrownBy(() -> registry.schema(1)).isInstanceOf(IllegalStateException.class);
    assertThat(registry.register("a-value", Schemas.greeting())).isEqualTo(1);
    registry.close();
  }

  private static Set<Thread> selectors() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("HttpClient-.*SelectorManager"))
        .collect(Collectors.toSet());
  }

  private static SchemaRegistry client(@Nullable String userInfo, String... urls) {
    return new SchemaRegistry(
        SchemaRegistryConfig.of(String.join(",", urls)).withUserInfo(userInfo));
  }
}
