package dev.waybill.consumer.streams;

import dev.waybill.deduplication.Outages;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka Streams from start to end. */
public final class RunningStreams implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RunningStreams.class);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);

  private final Supplier<KafkaStreams> made;
  private final StreamsState state;
  private final Failures failures;
  private final GroupMembershipOperation atTheEnd;
  private @Nullable KafkaStreams streams;
  private @Nullable KafkaStreamsMetrics metrics;

  /**
   * Starts nothing yet.
   *
   * @param made makes one that is not started, another one each time
   * @param returns whether the group knows this instance again when it comes back
   */
  public RunningStreams(
      Supplier<KafkaStreams> made, boolean returns, StreamsState state, Failures failures) {
    this.atTheEnd =
        returns ? GroupMembershipOperation.REMAIN_IN_GROUP : GroupMembershipOperation.LEAVE_GROUP;
    this.made = made;
    this.state = state;
    this.failures = failures;
  }

  /** Made, and not started; its threads wait as the failures before them want it. */
  public static KafkaStreams of(
      Topology topology, Properties config, Failures failures, OwnEnds ends) {
    return new KafkaStreams(topology, config, new PatientClients(failures, ends));
  }

  /**
   * Begins; threads of its own do the rest. Where a store cannot be opened, because its files are
   * spoilt, all stores of the instance are deleted, once: they come back from their changelogs.
   *
   * @return what runs
   */
  public KafkaStreams start(MeterRegistry registry) {
    KafkaStreams started = make();
    try {
      started.start();
    } catch (StreamsException failure) {
      if (Outages.causes(failure).noneMatch(ProcessorStateException.class::isInstance)) {
        throw failure;
      }
      log.warn(
          "the local stores are deleted, and restored from their changelogs, because one cannot be"
              + " opened: {}",
          failure.getMessage());
      started.close(CLOSE_LIMIT);
      started = make();
      started.cleanUp();
      started.start();
    }
    metrics = new KafkaStreamsMetrics(started);
    metrics.bindTo(registry);
    return started;
  }

  private KafkaStreams make() {
    KafkaStreams next = made.get();
    streams = next;
    next.setStateListener(state);
    next.setGlobalStateRestoreListener(state);
    next.setUncaughtExceptionHandler(failures);
    return next;
  }

  /**
   * Commits what is applied. An instance that returns keeps its tasks for as long as its session
   * lasts; from another they go to the others at once.
   */
  @Override
  public void close() {
    failures.stop();
    if (metrics != null) {
      metrics.close();
    }
    boolean closed =
        streams == null
            || streams.close(
                CloseOptions.groupMembershipOperation(atTheEnd).withTimeout(CLOSE_LIMIT));
    if (!closed) {
      log.warn(
          "Kafka Streams did not stop in {} s; what it had not committed will be applied by"
              + " whoever takes its tasks",
          CLOSE_LIMIT.toSeconds());
    }
  }
}
