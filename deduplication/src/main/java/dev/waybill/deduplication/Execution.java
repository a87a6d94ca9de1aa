package dev.waybill.deduplication;

import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Carries one decision out: remembers it, and forwards what goes on. */
final class Execution<V> implements Decision.Cases {
  /** Whose version is known, so that the aggregate's next event finds no gap before it. */
  private static final Set<Reason> NO_GAP = Set.of(Reason.UNDECODABLE, Reason.UNPROCESSABLE);

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
  public void late(Decision.Late decision) {
    apply(true);
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
    letter(
        Reason.CONFLICT,
        "the event of this id that was applied is at partition %s offset %s"
            .formatted(first.partition(), first.offset()));
  }

  @Override
  public void versionTaken(Decision.VersionTaken decision) {
    letter(
        Reason.VERSION_TAKEN,
        "version %s of the aggregate took effect as another event; its last is %s"
            .formatted(decision.version(), decision.last()));
  }

  @Override
  public void deadLettered(Decision.DeadLettered decision) {
    if (arrival.digest() != null && NO_GAP.contains(decision.reason())) {
      Versions with = arrival.versions().withDeadLetter(arrival.envelope().version());
      if (with != arrival.versions()) {
        versions.put(arrival.record().key(), with);
      }
    }
    letter(decision.reason(), decision.detail());
  }

  /**
   * An event that was applied stays so, whatever else comes under its id; but every content is
   * remembered, so that it becomes one letter only.
   */
  private void letter(Reason reason, String detail) {
    ContentDigest digest = arrival.digest();
    if (digest != null) {
      RememberedEvent seen = arrival.seen();
      if (seen != null) {
        UUID id = Objects.requireNonNull(arrival.envelope().id());
        ids.rememberLetter(id, digest);
        if (!seen.applied()) {
          ids.rememberLetter(id, seen.digest());
        }
      }
      if (seen == null || !seen.applied()) {
        remember(remembered(reason));
      }
    }
    outlet.deadLetter(arrival.record(), reason, detail);
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
        outlet.isReplay(),
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
