package dev.waybill.deduplication;

/**
 * The first 128 bits of the SHA-256 of an event's content.
 *
 * @param high the first 64 of them
 * @param low the other 64
 */
public record ContentDigest(long high, long low) {
  static final int BYTES = 16;
}
