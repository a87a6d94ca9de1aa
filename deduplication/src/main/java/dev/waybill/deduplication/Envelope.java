package dev.waybill.deduplication;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a record says of its event: id, version of the aggregate, type. Immutable. */
public final class Envelope {
  /** Of a key, which is a key of the stores as well. */
  static final int LONGEST_KEY = 16 * 1024;

  /** As large as every language's numbers can be. */
  static final long LARGEST_VERSION = (1L << 53) - 1;

  static final byte[] NOTHING = {};

  private final @Nullable UUID id;
  private final long version;
  private final byte[] type;
  private final @Nullable Problem problem;

  Envelope(@Nullable UUID id, long version, byte[] type, @Nullable Problem problem) {
    this.id = id;
    this.version = version;
    this.type = type;
    this.problem = problem;
  }

  /** Why an envelope cannot be used, and in words what exactly is wrong with it. */
  record Problem(Reason reason, String detail) {}

  /**
   * Of an event with this id, without a version. A UUID of version 7 has the event's own time in
   * it; any other id is remembered from when it was first seen.
   *
   * @param id null makes the record a dead letter
   */
  public static Envelope of(@Nullable UUID id) {
    return id == null
        ? unusable(new Problem(Reason.MISSING_ID, "the record has no event id"))
        : new Envelope(id, 0, NOTHING, null);
  }

  /**
   * The same for an id that is any text. One in the form of a UUID is that UUID. Of any other, the
   * {@link NewEvent#id} is a UUID of version 8 made of its SHA-256.
   *
   * @param id null or empty makes the record a dead letter
   */
  public static Envelope of(@Nullable String id) {
    return of(id == null || id.isEmpty() ? null : EventId.of(id.getBytes(UTF_8)));
  }

  /**
   * With the aggregate's version after the event.
   *
   * @param number from 1 to 2^53 - 1; any other makes the record a dead letter
   */
  public Envelope withVersion(long number) {
    return number >= 1 && number <= LARGEST_VERSION
        ? new Envelope(id, number, type, problem)
        : unusable(
            Reason.INVALID_VERSION,
            "the version is not a whole number from 1 to 2^53 - 1: " + number);
  }

  /** With the event's type, which is part of its content. */
  public Envelope withType(String text) {
    return new Envelope(id, version, text.getBytes(UTF_8), problem);
  }

  static Envelope unusable(Problem problem) {
    return new Envelope(null, 0, NOTHING, problem);
  }

  /** The same, and a dead letter unless it is one already. */
  private Envelope unusable(Reason reason, String detail) {
    return problem == null ? new Envelope(id, 0, type, new Problem(reason, detail)) : this;
  }

  /** The same of a record whose key is missing or too long. */
  Envelope withUnusableKey(byte @Nullable [] key) {
    if (key == null) {
      return new Envelope(
          id, version, type, new Problem(Reason.MISSING_KEY, "the record has no key"));
    }
    return id == null
        ? this
        : new Envelope(
            id,
            version,
            type,
            new Problem(
                Reason.INVALID_KEY,
                "the key has %s bytes, more than %s".formatted(key.length, LONGEST_KEY)));
  }

  /** Null when there is none that can be used. */
  @Nullable UUID id() {
    return id;
  }

  /** 0 when there is none that can be used, or none at all. */
  long version() {
    return version;
  }

  /** The bytes of the type; empty when absent. */
  byte[] type() {
    return type;
  }

  /** The first thing that is wrong; null when nothing is. */
  @Nullable Problem problem() {
    return problem;
  }

  /** Whether the event can be remembered by its id. */
  boolean rememberable() {
    return id != null
        && (problem == null
            || problem.reason() == Reason.INVALID_KEY
            || problem.reason() == Reason.MISSING_VERSION
            || problem.reason() == Reason.INVALID_VERSION);
  }
}
