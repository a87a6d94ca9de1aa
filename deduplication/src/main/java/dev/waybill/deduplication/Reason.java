package dev.waybill.deduplication;

/**
 * Why a record is a dead letter. The names are the values of the reason header, the codes are what
 * the id store keeps: neither ever changes.
 */
public enum Reason {
  /** No key, hence no aggregate. Cannot be remembered. */
  MISSING_KEY(1),
  /** No event id. Cannot be remembered. */
  MISSING_ID(2),
  /** The id is not a UUID of version 7, and has to be one. Cannot be remembered. */
  INVALID_ID(3),
  /** No version, although there has to be one. */
  MISSING_VERSION(4),
  /** The version is not a whole number from 1. */
  INVALID_VERSION(5),
  /** The value cannot be decoded. */
  UNDECODABLE(6),
  /** The event's id was seen before with other content. */
  CONFLICT(7),
  /** The key is longer than any aggregate's id. */
  INVALID_KEY(8),
  /** The record is in another partition than its key's. */
  WRONG_PARTITION(9),
  /** The event is new, but another one has taken its version. */
  VERSION_TAKEN(10),
  /** Something failed on this very record, and again when it was tried again. */
  UNPROCESSABLE(11),
  /**
   * The event has no version, and is older than the ids that are remembered: it may be new, or have
   * taken effect.
   */
  EXPIRED(12);

  private static final Reason[] ALL = values();

  private final byte code;

  Reason(int code) {
    this.code = (byte) code;
  }

  byte code() {
    return code;
  }

  static Reason ofCode(byte code) {
    for (Reason reason : ALL) {
      if (reason.code == code) {
        return reason;
      }
    }
    throw new UnknownFormatException("no reason for a dead letter has code " + code);
  }
}
