package dev.waybill.consumer.letters;

import io.javalin.config.JavalinConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters as B shows them: read from their topic into memory, answered over HTTP, and
 * counted. What is shown may be some seconds old. Thread-safe.
 */
public final class DeadLetters implements AutoCloseable {
  private final LetterIndex index = new LetterIndex();
  private final Clock clock;
  private volatile @Nullable LetterFollower follower;
  private volatile @Nullable AppliedLetters applied;
  private volatile @Nullable AppliedNotes notes;

  /** Answers that nothing is read until it is {@linkplain #start started}. */
  public DeadLetters(Clock clock) {
    this.clock = clock;
  }

  /** Adds the routes to a server. */
  public void addTo(JavalinConfig config) {
    new LetterRoutes(index, this::isRead).addTo(config);
  }

  /** The properties of the client that reads the topic. */
  public static Map<String, Object> consumerConfig(
      String applicationId, Map<String, Object> kafka) {
    return LetterFollower.config(applicationId + "-dead-letters", kafka);
  }

  /** And of the one that writes into it which letters' events took effect. */
  public static Map<String, Object> producerConfig(
      String applicationId, Map<String, Object> kafka) {
    return AppliedNotes.config(applicationId + "-dead-letters", kafka);
  }

  /**
   * Begins to read; returns at once.
   *
   * @param topic of the dead letters
   * @param applicationId B's
   * @param kafka settings of Kafka's clients
   * @param whenApplied when each of these events took effect, of those that did; may throw {@link
   *     dev.waybill.consumer.http.NotAvailableException}
   */
  public void start(
      String topic,
      String applicationId,
      Map<String, Object> kafka,
      Function<Collection<UUID>, Map<UUID, Instant>> whenApplied,
      MeterRegistry metrics) {
    LetterFollower reading =
        new LetterFollower(
            topic, () -> new KafkaConsumer<>(consumerConfig(applicationId, kafka)), index);
    AppliedNotes writing =
        new AppliedNotes(() -> new KafkaProducer<>(producerConfig(applicationId, kafka)));
    AppliedLetters asking = new AppliedLetters(index, whenApplied, applicationId, writing::write);
    follower = reading;
    applied = asking;
    notes = writing;
    register(metrics);
    reading.start();
    asking.start();
  }

  void register(MeterRegistry metrics) {
    Gauge.builder("waybill.consumer.dead.letters.open", this, DeadLetters::open)
        .description("Dead letters that took no effect and are not discarded; NaN: not read yet")
        .register(metrics);
    Gauge.builder("waybill.consumer.dead.letters.oldest.open.age", this, DeadLetters::oldestSeconds)
        .description("Age of the oldest of them, 0 without any; NaN: not read yet")
        .baseUnit("seconds")
        .register(metrics);
    for (String reason : LetterIndex.reasons()) {
      Gauge.builder("waybill.consumer.dead.letters.open.by.reason", this, one -> one.open(reason))
          .description("Those of one reason; NaN: not read yet")
          .tag("reason", reason)
          .register(metrics);
    }
  }

  private double open() {
    return isRead() ? index.unsettled().count() : Double.NaN;
  }

  private double open(String reason) {
    return isRead() ? index.unsettled(reason) : Double.NaN;
  }

  private double oldestSeconds() {
    Instant oldest = isRead() ? index.unsettled().oldest() : null;
    if (oldest == null) {
      return isRead() ? 0 : Double.NaN;
    }
    return Math.max(0, Duration.between(oldest, clock.instant()).toMillis()) / 1000.0;
  }

  private boolean isRead() {
    LetterFollower reading = follower;
    return reading != null && reading.isRead();
  }

  @Override
  public void close() {
    AppliedLetters asking = applied;
    if (asking != null) {
      asking.close();
    }
    AppliedNotes writing = notes;
    if (writing != null) {
      writing.close();
    }
    LetterFollower reading = follower;
    if (reading != null) {
      reading.close();
    }
  }
}
