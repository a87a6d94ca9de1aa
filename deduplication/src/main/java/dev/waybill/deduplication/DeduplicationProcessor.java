package dev.waybill.deduplication;

import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides about each record, remembers that, and forwards what goes on.
 *
 * <p>What fails in it or behind it, in the same task, fails here, too: the transaction has to be
 * aborted, with all that the record did. Where something is away, the exception goes on to the
 * application's handler. Where the record is to blame it is tried again, and then it is a dead
 * letter.
 */
final class DeduplicationProcessor<V> implements FixedKeyProcessor<byte[], byte[], Recognised<V>> {
  private static final Logger log = LoggerFactory.getLogger(DeduplicationProcessor.class);

  private final DeduplicationSettings settings;
  private final EventFormat<V> format;
  private final DecisionListener listener;
  private final Predicate<Throwable> outage;
  private final Attempts attempts;
  private @Nullable Task task;

  DeduplicationProcessor(
      DeduplicationSettings settings,
      EventFormat<V> format,
      DecisionListener listener,
      Predicate<Throwable> outage,
      Attempts attempts) {
    this.settings = settings;
    this.format = format;
    this.listener = listener;
    this.outage = outage;
    this.attempts = attempts;
  }

  @Override
  public void init(FixedKeyProcessorContext<byte[], Recognised<V>> context) {
    task = new Task(context);
  }

  @Override
  public void process(FixedKeyRecord<byte[], byte[]> record) {
    Objects.requireNonNull(task).process(record);
  }

  /** What one task has once it is initialised. */
  private final class Task {
    private final IdStore ids;
    private final VersionStore versions;
    private final Decider<V> decider;
    private final Outlet<V> outlet;

    Task(FixedKeyProcessorContext<byte[], Recognised<V>> context) {
      this.ids =
          new IdStore(
              context.getStateStore(settings.idStore()), IdKeys.forRetention(settings.retention()));
      this.versions = new VersionStore(context.getStateStore(settings.versionStore()));
      this.decider = new Decider<>(settings, format, outage, ids, versions);
      this.outlet = new Outlet<>(context, settings);
    }

    void process(FixedKeyRecord<byte[], byte[]> record) {
      RecordMetadata source = outlet.source();
      if (settings.isReplay(source.topic()) && ReplayHeaders.isDeletion(record)) {
        return;
      }
      try {
        decideAndDo(record, source);
      } catch (Throwable failure) {
        throw failed(Attempts.Place.of(source), failure);
      }
    }

    private void decideAndDo(FixedKeyRecord<byte[], byte[]> record, RecordMetadata source) {
      ids.takeOver();
      Attempts.Failed failed = attempts.of(source);
      Arrival<V> arrival =
          failed != null && failed.isHopeless()
              ? decider.unprocessable(record, failed, source)
              : decider.decide(record, source);
      listener.decided(arrival.decision());
      if (arrival.digest() != null) {
        UUID id = Objects.requireNonNull(arrival.envelope().id());
        ids.follow(Math.min(EventId.millis(id), record.timestamp()));
      }
      arrival.decision().on(new Execution<>(arrival, ids, versions, outlet));
    }

    /**
     * Kafka Streams drops the thread's tasks at a {@link TaskMigratedException}, aborts their
     * transaction and takes them up again where it had committed, in the same thread and without
     * touching the stores of disk.
     */
    private RuntimeException failed(Attempts.Place place, Throwable failure) {
      if (failure instanceof VirtualMachineError machine
          && !(failure instanceof StackOverflowError)) {
        throw machine;
      }
      if (UnknownFormatException.isCauseOf(failure)) {
        return new IllegalStateException(place + ": " + failure.getMessage(), failure);
      }
      if (RefusedOutputs.isCauseOf(failure)) { // of a record before, which is noted already
        return new TaskMigratedException(place + " and those before it are tried again", failure);
      }
      if (Outages.isOfKafkaStreams(failure)) {
        return (RuntimeException) failure;
      }
      if (outage.test(failure)) {
        return new FailedRecordException(place, failure);
      }
      Attempts.Failed now = attempts.failed(place, failure);
      log.error(
          "{} failed, {} of {} times; its transaction is aborted, and {}: {}",
          place,
          now.times(),
          Attempts.MOST,
          now.isHopeless() ? "it becomes a dead letter" : "it is tried again",
          now.how(),
          failure);
      return now.canBecomeALetter()
          ? new TaskMigratedException(place + " failed and is tried again", failure)
          : new IllegalStateException(place + " cannot even become a dead letter", failure);
    }
  }
}
