package dev.waybill.deduplication;

import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.jspecify.annotations.Nullable;

/**
 * The decision table of {@code docs/deduplication.md}. Reads the stores and changes nothing, so
 * that a registry that is away leaves nothing half done. Of one task.
 */
final class Decider<V> {
  private final String topic;
  private final EventFormat<V> format;
  private final IdStore ids;
  private final VersionStore versions;
  private final Digester digester = new Digester();

  Decider(String topic, EventFormat<V> format, IdStore ids, VersionStore versions) {
    this.topic = topic;
    this.format = format;
    this.ids = ids;
    this.versions = versions;
  }

  /**
   * Decides.
   *
   * @throws RuntimeException when the format cannot tell whether the value is good
   */
  Arrival<V> decide(FixedKeyRecord<byte[], byte[]> record) {
    Envelope envelope = Envelope.of(record.key(), record.headers());
    UUID id = envelope.id();
    if (id == null || !envelope.rememberable()) {
      Envelope.Problem problem = Objects.requireNonNull(envelope.problem());
      return new Arrival<>(
          record, envelope, null, null, null, Versions.NONE, deadLetter(problem, 0));
    }
    ContentDigest digest = digest(record, envelope);
    RememberedEvent seen = ids.find(id);
    if (seen != null && seen.applied() && seen.digest().equals(digest)) {
      return new Arrival<>(
          record, envelope, null, seen, digest, Versions.NONE, new Decision.Duplicate(seen));
    }
    return decide(record, envelope, seen, digest);
  }

  private Arrival<V> decide(
      FixedKeyRecord<byte[], byte[]> record,
      Envelope envelope,
      @Nullable RememberedEvent seen,
      ContentDigest digest) {
    V value = null;
    Envelope.Problem problem = envelope.problem();
    if (problem == null && record.value() != null) {
      try {
        value = format.decode(topic, record.key(), record.value());
      } catch (NotDecodableException undecodable) {
        problem =
            new Envelope.Problem(Reason.UNDECODABLE, String.valueOf(undecodable.getMessage()));
      }
    }
    Versions known = versions.of(record.key());
    Decision decision =
        problem == null
            ? decideGood(envelope.version(), seen, known)
            : decideBad(problem, envelope.version(), seen, digest, known);
    return new Arrival<>(record, envelope, value, seen, digest, known, decision);
  }

  private static Decision decideBad(
      Envelope.Problem problem,
      long version,
      @Nullable RememberedEvent seen,
      ContentDigest digest,
      Versions known) {
    return seen != null && seen.digest().equals(digest)
        ? new Decision.Duplicate(seen)
        : deadLetter(problem, known.skippedBy(version));
  }

  private static Decision decideGood(long version, @Nullable RememberedEvent seen, Versions known) {
    if (seen != null && seen.applied()) {
      return new Decision.Conflict(seen);
    }
    if (version > known.last()) {
      return new Decision.Applied(known.skippedBy(version));
    }
    boolean deadLetteredWithoutVersion = seen != null && seen.version() == 0;
    return known.isOutstanding(version) || deadLetteredWithoutVersion
        ? new Decision.Replayed(known.newerApplied(version))
        : new Decision.Stale(version, known.last());
  }

  private static Decision deadLetter(Envelope.Problem problem, long skipped) {
    return new Decision.DeadLettered(problem.reason(), problem.detail(), skipped);
  }

  private ContentDigest digest(FixedKeyRecord<byte[], byte[]> record, Envelope envelope) {
    byte[] value = record.value();
    return digester.digest(
        record.key(),
        envelope.type(),
        envelope.version(),
        value,
        value == null ? 0 : format.contentStart(value));
  }
}
