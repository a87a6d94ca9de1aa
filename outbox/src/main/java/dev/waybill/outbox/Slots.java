package dev.waybill.outbox;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Which slot an aggregate's events have: CRC-32C (RFC 3720) of the aggregate id in UTF-8, unsigned,
 * modulo {@value #COUNT}. The relay makes its lanes of slots, so that their number may change; this
 * never does: rows already written depend on it.
 */
public final class Slots {
  public static final int COUNT = 256;

  private Slots() {}

  /** The slot of an aggregate, from 0 to {@value #COUNT} - 1. */
  public static int of(String aggregateId) {
    byte[] utf8 = aggregateId.getBytes(StandardCharsets.UTF_8);
    CRC32C checksum = new CRC32C();
    checksum.update(utf8, 0, utf8.length);
    return (int) (checksum.getValue() % COUNT);
  }
}
