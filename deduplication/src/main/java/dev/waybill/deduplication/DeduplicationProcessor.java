package dev.waybill.deduplication;

import java.util.Objects;
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
final class DeduplicationProcessor<K, I, V> implements FixedKeyProcessor<K, I, Recognised<V>> {
  private static final Logger log = LoggerFactory.getLogger(DeduplicationProcessor.class);

  private final Recogniser<K, I, V> parts;
  private @Nullable Task task;

  DeduplicationProcessor(Recogniser<K, I, V> parts) {
    this.parts = parts;
  }

  @Override
  public void init(FixedKeyProcessorContext<K, Recognised<V>> context) {
    task = new Task(context);
  }

  @Override
  public void process(FixedKeyRecord<K, I> record) {
    Objects.requireNonNull(task).process(record);
  }

  /** What one task has once it is initialised. */
  private final class Task {
    private final IdStore ids;
    private final Decider<K, I, V> decider;
    private final Outlet<K, I, V> outlet;
    private final Execution<K, I, V> execution;

    Task(FixedKeyProcessorContext<K, Recognised<V>> context) {
      DeduplicationSettings settings = parts.settings();
      this.ids =
          new IdStore(
              context.getStateStore(settings.idStore()), IdKeys.forRetention(settings.retention()));
      VersionStore versions = new VersionStore(context.getStateStore(settings.versionStore()));
      this.decider = new Decider<>(parts, ids, versions);
      this.outlet = new Outlet<>(context, settings, parts.identity());
      this.execution = new Execution<>(ids, versions, outlet);
    }

    void process(FixedKeyRecord<K, I> record) {
      RecordMetadata source = outlet.source();
      if (parts.settings().isReplay(source.topic()) && ReplayHeaders.isDeletion(record)) {
        return;
      }
      try {
        decideAndDo(record, source);
      } catch (Throwable failure) {
        throw failed(Attempts.Place.of(source), failure);
      }
    }

    private void decideAndDo(FixedKeyRecord<K, I> record, RecordMetadata source) {
      ids.takeOver();
      Attempts.Failed failed = parts.attempts().of(source);
      Arrival<K, I, V> arrival =
          failed != null && failed.isHopeless()
              ? decider.unprocessable(parts.form().salvage(record, source), failed)
              : decider.decide(parts.form().incoming(record, source));
      tell(arrival, source);
      if (arrival.digest() != null) {
        ids.follow(Objects.requireNonNull(arrival.envelope().id()), record.timestamp());
      }
      execution.of(arrival);
    }

    /** A listener that fails takes no event with it. */
    private void tell(Arrival<K, I, V> arrival, RecordMetadata source) {
      try {
        parts.listener().decided(arrival.decision(), arrival.incoming().key(), source);
      } catch (Throwable failure) {
        if (Outages.isOfTheMachine(failure)) {
          throw failure;
        }
        log.error(
            "the listener failed when it was told of {}; {} holds",
            Attempts.Place.of(source),
            arrival.decision(),
            failure);
      }
    }

    /**
     * Kafka Streams drops the thread's tasks at a {@link TaskMigratedException}, aborts their
     * transaction and takes them up again where it had committed, in the same thread and without
     * touching the stores of disk.
     */
    private RuntimeException failed(Attempts.Place place, Throwable failure) {
      if (Outages.isOfTheMachine(failure)) {
        throw (VirtualMachineError) failure;
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
      if (parts.outage().test(failure)) {
        return new FailedRecordException(place, failure);
      }
      Attempts.Failed now = parts.attempts().failed(place, failure);
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
