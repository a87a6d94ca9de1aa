package dev.waybill.deduplication;

import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Carries decisions out: remembers each, and forwards what goes on. Of one task. */
final class Execution<K, I, V> implements Decision.Cases {
  /** Whose version is known, so that the aggregate's next event finds no gap before it. */
  private static final Set<Reason> NO_GAP = Set.of(Reason.UNDECODABLE, Reason.UNPROCESSABLE);

  private final IdStore ids;
  private final VersionStore versions;
  private final Outlet<K, I, V> outlet;
  private @Nullable Arrival<K, I, V> arrival;

  Execution(IdStore ids, VersionStore versions, Outlet<K, I, V> outlet) {
    this.ids = ids;
    this.versions = versions;
    this.outlet = outlet;
  }

  /** Carries out what is decided about this record. */
  void of(Arrival<K, I, V> decided) {
    arrival = decided;
    decided.decision().on(this);
  }

  private Arrival<K, I, V> arrival() {
    return Objects.requireNonNull(arrival);
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
    Envelope envelope = arrival().envelope();
    boolean unversioned = envelope.problem() == null && envelope.version() == 0;
    // A letter that is all there is of an event without a version would be taken for the proof
    // that the event is new.
    if (arrival().seen() != null || !unversioned) {
      remember(decision.first().again());
    }
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
    Arrival<K, I, V> dead = arrival();
    if (dead.digest() != null && NO_GAP.contains(decision.reason())) {
      Versions with = dead.versions().withDeadLetter(dead.envelope().version());
      if (with != dead.versions()) {
        versions.put(dead.incoming().key(), with);
      }
    }
    letter(decision.reason(), decision.detail());
  }

  /**
   * An event that was applied stays so, whatever else comes under its id; but every content is
   * remembered, so that it becomes one letter only.
   */
  private void letter(Reason reason, String detail) {
    ContentDigest digest = arrival().digest();
    if (digest != null) {
      RememberedEvent seen = arrival().seen();
      if (seen != null) {
        UUID id = Objects.requireNonNull(arrival().envelope().id());
        ids.rememberLetter(id, digest);
        if (!seen.applied()) {
          ids.rememberLetter(id, seen.digest());
        }
      }
      if (reason == Reason.EXPIRED) {
        // What is remembered of the event would be taken for the proof that it is new.
        ids.rememberLetter(Objects.requireNonNull(arrival().envelope().id()), digest);
      } else if (seen == null || !seen.applied()) {
        remember(remembered(reason));
      }
    }
    outlet.deadLetter(arrival().incoming(), arrival().envelope(), reason, detail);
  }

  private void apply(boolean newerApplied) {
    Arrival<K, I, V> fresh = arrival();
    remember(remembered(null));
    long version = fresh.envelope().version();
    if (version != 0) {
      versions.put(fresh.incoming().key(), fresh.versions().withApplied(version));
    }
    outlet.newEvent(fresh.incoming(), fresh.envelope(), fresh.value(), newerApplied);
  }

  private RememberedEvent remembered(@Nullable Reason reason) {
    RecordMetadata source = arrival().incoming().source();
    RememberedEvent seen = arrival().seen();
    return new RememberedEvent(
        reason,
        arrival().envelope().version(),
        outlet.isReplay(source),
        source.partition(),
        source.offset(),
        outlet.now(),
        seen == null ? 0 : seen.duplicates(),
        Objects.requireNonNull(arrival().digest()));
  }

  private void remember(RememberedEvent event) {
    ids.remember(
        Objects.requireNonNull(arrival().envelope().id()),
        event,
        arrival().incoming().record().timestamp());
  }
}
