package dev.waybill.deduplication;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** What a record's key and headers say of its event, CloudEvents' Kafka binding in binary mode. */
final class Envelope {
  static final String ID = "ce_id";
  static final String VERSION = "ce_sequence";
  static final String TYPE = "ce_type";
  static final String TIME = "ce_time";

  /** Of a key, which is a key of the stores as well. */
  static final int LONGEST_KEY = 16 * 1024;

  /** As large as every language's numbers can be. */
  static final long LARGEST_VERSION = (1L << 53) - 1;

  private static final byte[] NOTHING = {};

  private final @Nullable UUID id;
  private final long version;
  private final byte[] type;
  private final @Nullable Problem problem;

  private Envelope(@Nullable UUID id, long version, byte[] type, @Nullable Problem problem) {
    this.id = id;
    this.version = version;
    this.type = type;
    this.problem = problem;
  }

  /** Why an envelope cannot be used, and in words what exactly is wrong with it. */
  record Problem(Reason reason, String detail) {}

  static Envelope of(byte @Nullable [] key, Headers headers) {
    byte[] idText = value(headers, ID);
    byte[] versionText = value(headers, VERSION);
    byte[] type = value(headers, TYPE);
    UUID id = idText == null ? null : EventId.parse(idText);
    long version = versionText == null ? 0 : version(versionText);
    Problem problem = null;
    if (key == null || key.length > LONGEST_KEY || id == null || version == 0) {
      problem = problem(key, idText, id, versionText);
    }
    return new Envelope(id, version, type == null ? NOTHING : type, problem);
  }

  /** Null when there is none that can be used. */
  @Nullable UUID id() {
    return id;
  }

  /** 0 when there is none that can be used. */
  long version() {
    return version;
  }

  /** The bytes of CloudEvents' type; empty when absent. */
  byte[] type() {
    return type;
  }

  /** The first thing that is wrong; null when nothing is. */
  @Nullable Problem problem() {
    return problem;
  }

  static byte @Nullable [] value(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null ? null : header.value();
  }

  /** Whether the event can be remembered by its id. */
  boolean rememberable() {
    return id != null
        && (problem == null
            || problem.reason() == Reason.INVALID_KEY
            || problem.reason() == Reason.MISSING_VERSION
            || problem.reason() == Reason.INVALID_VERSION);
  }

  private static Problem problem(
      byte @Nullable [] key,
      byte @Nullable [] idText,
      @Nullable UUID id,
      byte @Nullable [] versionText) {
    if (key == null) {
      return new Problem(Reason.MISSING_KEY, "the record has no key");
    }
    if (idText == null) {
      return new Problem(Reason.MISSING_ID, "no header " + ID);
    }
    if (id == null) {
      return new Problem(Reason.INVALID_ID, ID + " is not a UUID of version 7: " + excerpt(idText));
    }
    if (key.length > LONGEST_KEY) {
      return new Problem(
          Reason.INVALID_KEY,
          "the key has %s bytes, more than %s".formatted(key.length, LONGEST_KEY));
    }
    return versionText == null
        ? new Problem(Reason.MISSING_VERSION, "no header " + VERSION)
        : new Problem(
            Reason.INVALID_VERSION,
            VERSION + " is not a whole number from 1 to 2^53 - 1: " + excerpt(versionText));
  }

  /** The number, or 0 when this is none from 1 to the largest version. */
  private static long version(byte[] text) {
    if (text.length == 0 || text.length > 16) {
      return 0;
    }
    long number = 0;
    for (byte digit : text) {
      if (digit < '0' || digit > '9') {
        return 0;
      }
      number = number * 10 + digit - '0';
    }
    return number <= LARGEST_VERSION ? number : 0;
  }

  private static String excerpt(byte[] text) {
    String all = new String(text, UTF_8);
    return all.length() <= 80 ? all : all.substring(0, 80) + "…";
  }
}
