package dev.waybill.consumer.streams;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka Streams from start to end. */
public final class RunningStreams implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RunningStreams.class);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);

  private final KafkaStreams streams;
  private final Failures failures;
  private final GroupMembershipOperation atTheEnd;
  private final KafkaStreamsMetrics metrics;

  /**
   * Starts nothing yet.
   *
   * @param returns whether the group knows this instance again when it comes back
   */
  public RunningStreams(
      KafkaStreams streams, boolean returns, StreamsState state, Failures failures) {
    this.atTheEnd =
        returns ? GroupMembershipOperation.REMAIN_IN_GROUP : GroupMembershipOperation.LEAVE_GROUP;
    this.streams = streams;
    this.failures = failures;
    this.metrics = new KafkaStreamsMetrics(streams);
    streams.setStateListener(state);
    streams.setGlobalStateRestoreListener(state);
    streams.setUncaughtExceptionHandler(failures);
  }

  /** Made, and not started; its threads wait as the failures before them want it. */
  public static KafkaStreams of(
      Topology topology, Properties config, Failures failures, OwnEnds ends) {
    return new KafkaStreams(topology, config, new PatientClients(failures, ends));
  }

  /** Begins; threads of its own do the rest. */
  public void start(MeterRegistry registry) {
    streams.start();
    metrics.bindTo(registry);
  }

  /**
   * Commits what is applied. An instance that returns keeps its tasks for as long as its session
   * lasts; from another they go to the others at once.
   */
  @Override
  public void close() {
    failures.stop();
    metrics.close();
    boolean closed =
        streams.close(CloseOptions.groupMembershipOperation(atTheEnd).withTimeout(CLOSE_LIMIT));
    if (!closed) {
      log.warn(
          "Kafka Streams did not stop in {} s; what it had not committed will be applied by"
              + " whoever takes its tasks",
          CLOSE_LIMIT.toSeconds());
    }
  }
}
