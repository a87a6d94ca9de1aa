package dev.waybill.deduplication;

import java.util.Objects;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Carries one decision out: remembers it, and forwards what goes on. */
final class Execution<V> implements Decision.Cases {
  private final Arrival<V> arrival;
  private final IdStore ids;
  private final VersionStore versions;
  private final Outlet<V> outlet;

  Execution(Arrival<V> arrival, IdStore ids, VersionStore versions, Outlet<V> outlet) {
    this.arrival = arrival;
    this.ids = ids;
    this.versions = versions;
    this.outlet = outlet;
  }

  @Override
  public void applied(Decision.Applied decision) {
    apply(false);
  }

  @Override
  public void replayed(Decision.Replayed decision) {
    apply(decision.newerApplied());
  }

  @Override
  public void duplicate(Decision.Duplicate decision) {
    remember(decision.first().again());
  }

  @Override
  public void stale(Decision.Stale decision) {
    // Dropped. The version store knows all that there is to know of it.
  }

  @Override
  public void conflict(Decision.Conflict decision) {
    RememberedEvent first = decision.first();
    outlet.deadLetter(
        arrival.record(),
        Reason.CONFLICT,
        "the event of this id that was applied is at partition %d offset %d"
            .formatted(first.partition(), first.offset()));
  }

  /** An event that was applied stays so, whatever else comes under its id. */
  @Override
  public void deadLettered(Decision.DeadLettered decision) {
    RememberedEvent seen = arrival.seen();
    if (arrival.digest() != null && (seen == null || !seen.applied())) {
      remember(remembered(decision.reason()));
      long version = arrival.envelope().version();
      if (version > arrival.versions().last()) {
        versions.put(arrival.record().key(), arrival.versions().withDeadLetter(version));
      }
    }
    outlet.deadLetter(arrival.record(), decision.reason(), decision.detail());
  }

  private void apply(boolean newerApplied) {
    remember(remembered(null));
    versions.put(
        arrival.record().key(), arrival.versions().withApplied(arrival.envelope().version()));
    outlet.newEvent(arrival.record(), arrival.envelope(), arrival.value(), newerApplied);
  }

  private RememberedEvent remembered(@Nullable Reason reason) {
    RecordMetadata source = outlet.source();
    RememberedEvent seen = arrival.seen();
    return new RememberedEvent(
        reason,
        arrival.envelope().version(),
        source.partition(),
        source.offset(),
        outlet.now(),
        seen == null ? 0 : seen.duplicates(),
        Objects.requireNonNull(arrival.digest()));
  }

  private void remember(RememberedEvent event) {
    ids.remember(
        Objects.requireNonNull(arrival.envelope().id()), event, arrival.record().timestamp());
  }
}
