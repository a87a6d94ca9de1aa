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
final class Decider<V> {
  static final long WIDEST_LEAP = 1_000_000;

  private static final Problem LEAP =
      new Problem(
          Reason.INVALID_VERSION,
          "a tombstone more than %s versions ahead of its aggregate".formatted(WIDEST_LEAP));

  private final DeduplicationSettings settings;
  private final EventFormat<V> format;
  private final Reading.Reader<V> reader;
  private final IdStore ids;
  private final VersionStore versions;
  private final Digester digester = new Digester();

  Decider(
      DeduplicationSettings settings,
      EventFormat<V> format,
      Predicate<Throwable> outage,
      IdStore ids,
      VersionStore versions) {
    this.settings = settings;
    this.format = format;
    this.reader = new Reading.Reader<>(settings.topic(), format, outage);
    this.ids = ids;
    this.versions = versions;
  }

  /**
   * Decides.
   *
   * @param source where the record is
   * @throws RuntimeException when the format cannot tell whether the value is good
   */
  Arrival<V> decide(FixedKeyRecord<byte[], byte[]> record, RecordMetadata source) {
    Envelope envelope = Envelope.of(record.key(), record.headers());
    if (!envelope.rememberable()) {
      return unremembered(record, envelope, Objects.requireNonNull(envelope.problem()));
    }
    ContentDigest digest = digest(record, envelope);
    RememberedEvent seen = ids.find(Objects.requireNonNull(envelope.id()));
    if (seen != null && seen.applied() && seen.digest().equals(digest)) {
      return new Arrival<>(
          record, envelope, null, seen, digest, Versions.NONE, new Decision.Duplicate(seen));
    }
    Problem problem = problem(record, envelope, source.partition());
    Reading<V> reading =
        problem == null ? reader.read(record, envelope.version()) : new Reading<>(null, problem);
    return decide(record, envelope, reading, seen, digest, source);
  }

  /** Decides about a record that failed by its own fault whenever it was tried. */
  Arrival<V> unprocessable(
      FixedKeyRecord<byte[], byte[]> record, Attempts.Failed failed, RecordMetadata source) {
    Envelope envelope = Envelope.of(record.key(), record.headers());
    Problem problem = new Problem(Reason.UNPROCESSABLE, failed.how());
    if (!envelope.rememberable() || failed.isBeyondMemory()) {
      return unremembered(record, envelope, problem);
    }
    RememberedEvent seen = ids.find(Objects.requireNonNull(envelope.id()));
    return decide(
        record, envelope, new Reading<>(null, problem), seen, digest(record, envelope), source);
  }

  private @Nullable Problem problem(
      FixedKeyRecord<byte[], byte[]> record, Envelope envelope, int partition) {
    return envelope.problem() == null && !settings.placement().belongs(record.key(), partition)
        ? new Problem(Reason.WRONG_PARTITION, "the key does not belong into partition " + partition)
        : envelope.problem();
  }

  private static <V> Arrival<V> unremembered(
      FixedKeyRecord<byte[], byte[]> record, Envelope envelope, Problem problem) {
    return new Arrival<>(record, envelope, null, null, null, Versions.NONE, deadLetter(problem));
  }

  private Arrival<V> decide(
      FixedKeyRecord<byte[], byte[]> record,
      Envelope envelope,
      Reading<V> reading,
      @Nullable RememberedEvent seen,
      ContentDigest digest,
      RecordMetadata source) {
    Versions known = versions.of(record.key());
    Decision decision =
        reading.problem() == null
            ? decide(record, envelope, seen, known)
            : deadLetter(reading.problem());
    Reason letter = decision.letter();
    if (letter != null && isLetterAlready(record, envelope, seen, digest, source)) {
      decision =
          new Decision.Duplicate(
              seen == null ? first(letter, record, envelope, digest, source) : seen);
    }
    return new Arrival<>(record, envelope, reading.value(), seen, digest, known, decision);
  }

  /** A tombstone has no value that its version could be compared with. */
  private static boolean leapsWithoutAValue(
      FixedKeyRecord<byte[], byte[]> record, Envelope envelope, Versions known) {
    return record.value() == null && envelope.version() - known.last() > WIDEST_LEAP;
  }

  private Decision decide(
      FixedKeyRecord<byte[], byte[]> record,
      Envelope envelope,
      @Nullable RememberedEvent seen,
      Versions known) {
    long version = envelope.version();
    if (seen != null && seen.applied()) {
      return new Decision.Conflict(seen);
    }
    if (leapsWithoutAValue(record, envelope, known)) {
      return deadLetter(LEAP);
    }
    if (version > known.last()) {
      long skipped = known.skippedBy(version);
      return seen == null ? new Decision.Applied(skipped) : new Decision.Replayed(skipped, false);
    }
    if (known.isMissing(version)) {
      return seen == null ? new Decision.Late() : new Decision.Replayed(0, true);
    }
    return seen != null || ids.reaches(Objects.requireNonNull(envelope.id()))
        ? new Decision.VersionTaken(version, known.last())
        : new Decision.Stale(version, known.last());
  }

  /** Whether these very bytes became a dead letter before: then they need no second one. */
  private boolean isLetterAlready(
      FixedKeyRecord<byte[], byte[]> record,
      Envelope envelope,
      @Nullable RememberedEvent seen,
      ContentDigest digest,
      RecordMetadata source) {
    boolean unchanged =
        settings.isReplay(source.topic())
            && record.headers().lastHeader(ReplayHeaders.LETTER) != null;
    UUID id = Objects.requireNonNull(envelope.id());
    return (unchanged && !ids.reaches(id))
        || (seen != null && seen.digest().equals(digest))
        || ids.isLetter(id, digest);
  }

  /** Of a dead letter that the id store forgot, or never had. */
  private RememberedEvent first(
      Reason letter,
      FixedKeyRecord<byte[], byte[]> record,
      Envelope envelope,
      ContentDigest digest,
      RecordMetadata source) {
    return new RememberedEvent(
        letter,
        envelope.version(),
        settings.isReplay(source.topic()),
        source.partition(),
        source.offset(),
        Instant.ofEpochMilli(record.timestamp()),
        0,
        digest);
  }

  private static Decision deadLetter(Problem problem) {
    return new Decision.DeadLettered(problem.reason(), problem.detail());
  }

  private ContentDigest digest(FixedKeyRecord<byte[], byte[]> record, Envelope envelope) {
    byte[] value = record.value();
    return digester.digest(
        record.key(),
        envelope.type(),
        envelope.version(),
        value,
        value == null ? 0 : format.contentStart(value, record.headers()));
  }
}
