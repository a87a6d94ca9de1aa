package dev.waybill.consumer.streams;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;

import dev.waybill.deduplication.Outages;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
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
  private final MeterRegistry registry;
  private final AtomicBoolean restoring = new AtomicBoolean();
  private Consumer<KafkaStreams> begun = streams -> {};
  private @Nullable KafkaStreams streams;
  private @Nullable KafkaStreamsMetrics metrics;
  private boolean closed;

  /**
   * Starts nothing yet.
   *
   * @param made makes one that is not started, another one each time
   * @param returns whether the group knows this instance again when it comes back
   */
  public RunningStreams(
      Supplier<KafkaStreams> made,
      boolean returns,
      StreamsState state,
      Failures failures,
      MeterRegistry registry) {
    this.atTheEnd =
        returns ? GroupMembershipOperation.REMAIN_IN_GROUP : GroupMembershipOperation.LEAVE_GROUP;
    this.made = made;
    this.state = state;
    this.failures = failures;
    this.registry = registry;
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
   * @param told of what runs, and of what runs in its place later
   */
  public synchronized void start(Consumer<KafkaStreams> told) {
    begun = told;
    KafkaStreams started = make();
    try {
      started.start();
    } catch (StreamsException failure) {
      if (Outages.causes(failure).noneMatch(ProcessorStateException.class::isInstance)) {
        throw failure;
      }
      started = withoutStores(failure);
    }
    began(started);
  }

  /**
   * To be told by whoever reads a store from outside and finds that its files are spoilt: the
   * stores are deleted and come back, as at the start, in the background. (A stream thread that
   * finds it fails, and its tasks' stores are deleted by Kafka Streams.) If that happens too often,
   * the instance stops, as after other {@linkplain Failures faults}.
   */
  public void restoreAfter(ProcessorStateException failure) {
    if (restoring.compareAndSet(false, true)) {
      new Thread(() -> restore(failure), "stores-restored").start();
    }
  }

  private synchronized void restore(RuntimeException failure) {
    try {
      RuntimeException last = failure;
      while (!closed && failures.handle(last) == REPLACE_THREAD) {
        try {
          began(withoutStores(last));
          return;
        } catch (RuntimeException again) {
          last = again;
        }
      }
      stop(GroupMembershipOperation.LEAVE_GROUP);
    } finally {
      restoring.set(false);
    }
  }

  private KafkaStreams withoutStores(RuntimeException failure) {
    log.warn(
        "the local stores are deleted, and restored from their changelogs, because one cannot be"
            + " read: {}",
        failure.getMessage());
    stop(GroupMembershipOperation.LEAVE_GROUP);
    KafkaStreams next = make();
    next.cleanUp();
    next.start();
    return next;
  }

  private void began(KafkaStreams started) {
    metrics = new KafkaStreamsMetrics(started);
    metrics.bindTo(registry);
    begun.accept(started);
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
  public synchronized void close() {
    closed = true;
    failures.stop();
    stop(atTheEnd);
  }

  private void stop(GroupMembershipOperation membership) {
    if (metrics != null) {
      metrics.close();
    }
    boolean stopped =
        streams == null
            || streams.close(
                CloseOptions.groupMembershipOperation(membership).withTimeout(CLOSE_LIMIT));
    if (!stopped) {
      log.warn(
          "Kafka Streams did not stop in {} s; what it had not committed will be applied by"
              + " whoever takes its tasks",
          CLOSE_LIMIT.toSeconds());
    }
  }
}
