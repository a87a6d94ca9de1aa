package dev.waybill.deduplication;

import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.jspecify.annotations.Nullable;

/** Decides about each record, remembers that, and forwards what goes on. */
final class DeduplicationProcessor<V> implements FixedKeyProcessor<byte[], byte[], Recognised<V>> {
  private final DeduplicationSettings settings;
  private final EventFormat<V> format;
  private final DecisionListener listener;
  private @Nullable Task task;

  DeduplicationProcessor(
      DeduplicationSettings settings, EventFormat<V> format, DecisionListener listener) {
    this.settings = settings;
    this.format = format;
    this.listener = listener;
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
      this.decider = new Decider<>(settings.topic(), format, ids, versions);
      this.outlet = new Outlet<>(context);
    }

    void process(FixedKeyRecord<byte[], byte[]> record) {
      Arrival<V> arrival = decider.decide(record);
      listener.decided(arrival.decision());
      UUID id = arrival.envelope().id();
      if (id != null) {
        ids.follow(Math.min(EventId.millis(id), record.timestamp()));
      }
      arrival.decision().on(new Execution<>(arrival, ids, versions, outlet));
    }
  }
}
