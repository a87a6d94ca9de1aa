package dev.waybill.runtime.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.runtime.BadSettingsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class UntilAnsweredTest {
  private static final Map<String, Object> NOBODY = Map.of("bootstrap.servers", "127.0.0.1:1");
  private static final Duration SHORT = Duration.ofMillis(1);

  private final AtomicInteger asked = new AtomicInteger();
  private final List<Optional<Throwable>> failures = new ArrayList<>();

  @Test
  void asksAgainUntilThereIsAnAnswer() throws Exception {
    TimeoutException away = new TimeoutException("nobody answers");

    int answer =
        new UntilAnswered(NOBODY, SHORT, this::note)
            .ask(
                topics ->
                    switch (asked.incrementAndGet()) {
                      case 1 -> Optional.empty();
                      case 2 -> throw new ExecutionException(away);
                      case 3 -> throw away;
                      default -> Optional.of(7);
                    });

    assertThat(answer).isEqualTo(7);
    assertThat(failures).containsExactly(Optional.empty(), Optional.of(away), Optional.of(away));
  }

  @Test
  void whoIsToldMayEndIt() {
    UntilAnswered asking =
        new UntilAnswered(
            NOBODY,
            SHORT,
            failure -> {
              throw new IllegalStateException("not allowed", failure);
            });

    assertThatThrownBy(
            () ->
                asking.ask(
                    topics -> {
                      asked.incrementAndGet();
                      throw new ExecutionException(new KafkaException("no"));
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasCauseInstanceOf(KafkaException.class);
    assertThat(asked).hasValue(1);
  }

  @Test
  void anotherExceptionOfTheQuestionEndsItUntold() {
    assertThatThrownBy(
            () ->
                new UntilAnswered(NOBODY, SHORT, this::note)
                    .ask(
                        topics -> {
                          throw new IllegalArgumentException("refused");
                        }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(failures).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ssl.truststore.location, /nonexistent/store, SSL, NoSuchFileException /nonexistent/store",
    "ssl.truststore.certificates, garbage, SSL, only for PEM",
    "sasl.jaas.config, x password=s3cret, SASL_PLAINTEXT, login module control flag"
  })
  void clientThatCannotBeMadeIsRefusedWithWhatIsBehindIt(
      String key, String value, String protocol, String why) {
    Map<String, Object> config = new HashMap<>(NOBODY);
    config.put("security.protocol", protocol);
    config.put(key, value);

    assertThatThrownBy(
            () -> new UntilAnswered(config, SHORT, this::note).ask(topics -> Optional.of(1)))
        .isInstanceOf(BadSettingsException.class)
        .hasMessageContaining("KAFKA_CLIENT_*")
        .hasMessageContaining(why)
        .message()
        .doesNotContain("password=s3cret");
    assertThat(failures).isEmpty();
  }

  @Test
  void namesWithoutAddressAreWaitedForAsServersThatAreAway() {
    UntilAnswered asking =
        new UntilAnswered(
            Map.of("bootstrap.servers", "kafka.invalid:9092, two.invalid:9092"),
            SHORT,
            failure -> {
              note(failure);
              if (failures.size() == 3) {
                Thread.currentThread().interrupt();
              }
            });

    assertThatThrownBy(() -> asking.ask(topics -> Optional.of(1)))
        .isInstanceOf(InterruptedException.class);
    assertThat(failures)
        .hasSize(3)
        .allSatisfy(
            failure ->
                assertThat(failure)
                    .containsInstanceOf(RetriableException.class)
                    .get()
                    .asString()
                    .contains("kafka.invalid:9092"));
  }

  @Test
  void interruptEndsTheWait() {
    UntilAnswered asking =
        new UntilAnswered(
            NOBODY, Duration.ofHours(1), failure -> Thread.currentThread().interrupt());

    assertThatThrownBy(() -> asking.ask(topics -> Optional.empty()))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  @Timeout(10)
  void interruptDoesNotWaitForWhatIsBeingAsked() throws Exception {
    CountDownLatch askedNobody = new CountDownLatch(1);
    AtomicReference<Throwable> outcome = new AtomicReference<>();
    Thread asking =
        new Thread(
            () -> {
              try {
                new UntilAnswered(NOBODY, SHORT, this::note)
                    .ask(
                        topics -> {
                          askedNobody.countDown();
                          return topics.find("parcels");
                        });
              } catch (Throwable thrown) {
                outcome.set(thrown);
              }
            });
    asking.start();
    askedNobody.await();

    asking.interrupt();
    asking.join(Duration.ofSeconds(5).toMillis());

    assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
  }

  private void note(@Nullable Throwable failure) {
    failures.add(Optional.ofNullable(failure));
  }
}
