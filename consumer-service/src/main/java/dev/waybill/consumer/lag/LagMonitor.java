package dev.waybill.consumer.lag;

import dev.waybill.consumer.topics.SourceTopic;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every two seconds, on a thread of its own, for the oldest event that was not applied yet.
 * The gauges are about everything, whichever instance applies it; readiness is about what no other
 * instance has: this one's partitions, and those that nobody applies.
 */
public final class LagMonitor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LagMonitor.class);
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final double ALARM = 0.5;

  private final SourceTopic topic;
  private final OldestUnapplied oldest;
  private final Supplier<Set<TopicPartition>> elsewhere;
  private final Duration stuckAfter;
  private final Clock clock;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "lag-monitor"));
  private volatile Lag lag;
  private boolean away;
  private boolean alarmed;

  /**
   * Starts nothing yet.
   *
   * @param elsewhere the partitions that other instances apply now
   * @param stuckAfter the age from which this instance is not ready
   */
  public LagMonitor(
      SourceTopic topic,
      OldestUnapplied oldest,
      Supplier<Set<TopicPartition>> elsewhere,
      Duration stuckAfter,
      Clock clock) {
    this.topic = topic;
    this.oldest = oldest;
    this.elsewhere = elsewhere;
    this.stuckAfter = stuckAfter;
    this.clock = clock;
    this.lag = new Lag(clock.instant(), Map.of());
  }

  /** Begins to look. */
  public void start(MeterRegistry metrics) {
    Gauge.builder("waybill.consumer.oldest.unapplied.age", this, LagMonitor::ageSeconds)
        .description("Age of the oldest event that is not applied in full, since published")
        .baseUnit("seconds")
        .register(metrics);
    Gauge.builder("waybill.consumer.compaction.lag.used", this, LagMonitor::compactionLagUsed)
        .description("That age as a part of min.compaction.lag.ms; from 1 on events are missed")
        .register(metrics);
    var unused =
        executor.scheduleWithFixedDelay(this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Why this instance is stuck, in words. */
  public Optional<String> stuck() {
    Set<TopicPartition> others = elsewhere.get();
    Duration age = lag.age(partition -> !others.contains(partition), clock.instant());
    return age.compareTo(stuckAfter) > 0
        ? Optional.of(
            "the oldest event that is not applied, of this instance's partitions or of nobody's, has"
                + " waited for "
                + age.toSeconds()
                + " s")
        : Optional.empty();
  }

  private double ageSeconds() {
    return lag.age(partition -> true, clock.instant()).toMillis() / 1000.0;
  }

  private double compactionLagUsed() {
    long promised = topic.compactionLag().toMillis();
    return promised == 0 ? Double.NaN : (double) ageInTopic().toMillis() / promised;
  }

  private Duration ageInTopic() {
    return lag.age(partition -> partition.topic().equals(topic.name()), clock.instant());
  }

  private void look() {
    try {
      lag = new Lag(clock.instant(), oldest.look());
      if (away) {
        log.info("Kafka can be asked for B's lag again");
        away = false;
      }
      alarm();
    } catch (Exception failure) {
      if (!away) {
        log.warn("cannot ask Kafka for B's lag; asking on: {}", failure.toString());
        away = true;
      }
    }
  }

  private void alarm() {
    boolean late = compactionLagUsed() > ALARM;
    if (late && !alarmed) {
      log.error(
          "the oldest event not applied is {} s old, more than half of the topic's"
              + " min.compaction.lag.ms: B misses single events when it does not catch up",
          ageInTopic().toSeconds());
    }
    alarmed = late;
  }

  @Override
  public void close() {
    executor.shutdownNow();
    try {
      if (!executor.awaitTermination(10, TimeUnit.SECONDS)) {
        log.warn("the lag monitor is still asking Kafka; its connections stay open for now");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    oldest.close();
  }
}
