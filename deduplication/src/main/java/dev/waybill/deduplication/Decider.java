package dev.waybill.deduplication;

import dev.waybill.deduplication.Envelope.Problem;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The decision table of {@code docs/deduplication.md}. Reads the stores and changes nothing, so
 * that a registry that is away leaves nothing half done. Of one task.
 */
final class Decider<K, I, V> {
  static final long WIDEST_LEAP = 1_000_000;

  private static final Problem LEAP =
      new Problem(
          Reason.INVALID_VERSION,
          "a tombstone more than %s versions ahead of its aggregate".formatted(WIDEST_LEAP));

  private static final Problem EXPIRED =
      new Problem(
          Reason.EXPIRED,
          "the event has no version, and is older than the ids that are remembered: it may have"
              + " taken effect");

  private final DeduplicationSettings settings;
  private final Form<K, I, V> form;
  private final EventIdentity<? super K, ? super I> identity;
  private final Predicate<Throwable> outage;
  private final IdStore ids;
  private final VersionStore versions;
  private final Digester digester = new Digester();

  Decider(Recogniser<K, I, V> parts, IdStore ids, VersionStore versions) {
    this.settings = parts.settings();
    this.form = parts.form();
    this.identity = parts.identity();
    this.outage = parts.outage();
    this.ids = ids;
    this.versions = versions;
  }

  /**
   * Decides.
   *
   * @throws RuntimeException when the identity or the form cannot tell because something is away
   */
  Arrival<K, I, V> decide(Incoming<K, I> incoming) {
    Envelope envelope = envelope(incoming);
    if (!envelope.rememberable()) {
      return unremembered(incoming, envelope, Objects.requireNonNull(envelope.problem()));
    }
    ContentDigest digest = digest(incoming, envelope);
    RememberedEvent seen = ids.find(Objects.requireNonNull(envelope.id()));
    if (seen != null && seen.applied() && seen.digest().equals(digest)) {
      return new Arrival<>(
          incoming, envelope, null, seen, digest, Versions.NONE, new Decision.Duplicate(seen));
    }
    Problem problem = problem(incoming, envelope);
    Reading<V> reading =
        problem == null ? form.read(incoming, envelope.version()) : new Reading<>(null, problem);
    return decide(incoming, envelope, reading, seen, digest);
  }

  /** Decides about a record that failed by its own fault whenever it was tried. */
  Arrival<K, I, V> unprocessable(Incoming<K, I> incoming, Attempts.Failed failed) {
    Envelope envelope = envelope(incoming);
    Problem problem = new Problem(Reason.UNPROCESSABLE, failed.how());
    if (!envelope.rememberable() || failed.isBeyondMemory()) {
      return unremembered(incoming, envelope, problem);
    }
    RememberedEvent seen = ids.find(Objects.requireNonNull(envelope.id()));
    return decide(
        incoming, envelope, new Reading<>(null, problem), seen, digest(incoming, envelope));
  }

  private Envelope envelope(Incoming<K, I> incoming) {
    Envelope envelope = identified(incoming.record());
    byte[] key = incoming.key();
    return key != null && key.length <= Envelope.LONGEST_KEY
        ? envelope
        : envelope.withUnusableKey(key);
  }

  private Envelope identified(FixedKeyRecord<K, I> record) {
    for (int attempt = 1; ; attempt++) {
      try {
        return Objects.requireNonNull(
            identity.of(record.key(), record.value(), record.headers(), record.timestamp()));
      } catch (Throwable failure) {
        if (Outages.isOfTheMachine(failure) || outage.test(failure)) {
          throw failure;
        }
        if (attempt == Attempts.MOST) {
          return Envelope.unusable(new Problem(Reason.UNPROCESSABLE, Attempts.words(failure)));
        }
      }
    }
  }

  private @Nullable Problem problem(Incoming<K, I> incoming, Envelope envelope) {
    int partition = incoming.source().partition();
    return envelope.problem() == null && !settings.placement().belongs(incoming.key(), partition)
        ? new Problem(Reason.WRONG_PARTITION, "the key does not belong into partition " + partition)
        : envelope.problem();
  }

  private static <K, I, V> Arrival<K, I, V> unremembered(
      Incoming<K, I> incoming, Envelope envelope, Problem problem) {
    return new Arrival<>(incoming, envelope, null, null, null, Versions.NONE, deadLetter(problem));
  }

  private Arrival<K, I, V> decide(
      Incoming<K, I> incoming,
      Envelope envelope,
      Reading<V> reading,
      @Nullable RememberedEvent seen,
      ContentDigest digest) {
    Versions known = envelope.version() == 0 ? Versions.NONE : versions.of(incoming.key());
    Problem problem = isExpired(incoming, envelope, seen, digest) ? EXPIRED : reading.problem();
    Decision decision =
        problem == null ? decide(incoming, envelope, seen, known) : deadLetter(problem);
    Reason letter = decision.letter();
    if (letter != null && isLetterAlready(incoming, envelope, seen, digest)) {
      decision =
          new Decision.Duplicate(seen == null ? first(letter, incoming, envelope, digest) : seen);
    }
    return new Arrival<>(incoming, envelope, reading.value(), seen, digest, known, decision);
  }

  /** A tombstone has no value that its version could be compared with. */
  private static boolean leapsWithoutAValue(
      Incoming<?, ?> incoming, Envelope envelope, Versions known) {
    return incoming.value() == null && envelope.version() - known.last() > WIDEST_LEAP;
  }

  private Decision decide(
      Incoming<K, I> incoming, Envelope envelope, @Nullable RememberedEvent seen, Versions known) {
    long version = envelope.version();
    if (seen != null && seen.applied()) {
      return new Decision.Conflict(seen);
    }
    if (version == 0) {
      return seen == null ? new Decision.Applied(0) : new Decision.Replayed(0, false);
    }
    if (leapsWithoutAValue(incoming, envelope, known)) {
      return deadLetter(LEAP);
    }
    if (version > known.last()) {
      long skipped = known.skippedBy(version);
      return seen == null ? new Decision.Applied(skipped) : new Decision.Replayed(skipped, false);
    }
    if (known.isMissing(version)) {
      return seen == null ? new Decision.Late() : new Decision.Replayed(0, true);
    }
    return seen != null || isWithinReach(incoming, envelope)
        ? new Decision.VersionTaken(version, known.last())
        : new Decision.Stale(version, known.last());
  }

  /**
   * Without a version, its id is all that could prove that it took effect before. A letter of the
   * id can outlive the event's own entry.
   */
  private boolean isExpired(
      Incoming<K, I> incoming,
      Envelope envelope,
      @Nullable RememberedEvent seen,
      ContentDigest digest) {
    return envelope.version() == 0
        && envelope.problem() == null
        && seen == null
        && (!isWithinReach(incoming, envelope)
            || ids.isLetter(Objects.requireNonNull(envelope.id()), digest));
  }

  /** Whether the event would be remembered if it had ever come, its time being what it says. */
  private boolean isWithinReach(Incoming<K, I> incoming, Envelope envelope) {
    UUID id = Objects.requireNonNull(envelope.id());
    if (EventId.hasTime(id)) {
      return ids.reaches(id);
    }
    FixedKeyRecord<K, I> record = incoming.record();
    Instant time = identity.time(record.key(), record.value(), record.headers());
    long sent = ReplayHeaders.timestamp(record);
    return ids.reachesOther(time == null ? sent : Math.min(time.toEpochMilli(), sent));
  }

  /** Whether these very bytes became a dead letter before: then they need no second one. */
  private boolean isLetterAlready(
      Incoming<K, I> incoming,
      Envelope envelope,
      @Nullable RememberedEvent seen,
      ContentDigest digest) {
    boolean unchanged =
        settings.isReplay(incoming.source().topic())
            && incoming.record().headers().lastHeader(ReplayHeaders.LETTER) != null;
    return (unchanged && !isWithinReach(incoming, envelope))
        || (seen != null && seen.digest().equals(digest))
        || ids.isLetter(Objects.requireNonNull(envelope.id()), digest);
  }

  /** Of a dead letter that the id store forgot, or never had. */
  private RememberedEvent first(
      Reason letter, Incoming<K, I> incoming, Envelope envelope, ContentDigest digest) {
    RecordMetadata source = incoming.source();
    return new RememberedEvent(
        letter,
        envelope.version(),
        settings.isReplay(source.topic()),
        source.partition(),
        source.offset(),
        Instant.ofEpochMilli(incoming.record().timestamp()),
        0,
        digest);
  }

  private static Decision deadLetter(Problem problem) {
    return new Decision.DeadLettered(problem.reason(), problem.detail());
  }

  private ContentDigest digest(Incoming<K, I> incoming, Envelope envelope) {
    byte[] value = incoming.value();
    return digester.digest(
        incoming.key(),
        envelope.type(),
        envelope.version(),
        value,
        value == null ? 0 : form.contentStart(value, incoming.record().headers()));
  }
}
