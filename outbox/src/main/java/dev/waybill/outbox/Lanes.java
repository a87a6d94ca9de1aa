package dev.waybill.outbox;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Which lane an aggregate's events take: CRC-32C (RFC 3720) of the aggregate id in UTF-8, unsigned,
 * modulo the number of lanes. All events of an aggregate take the same lane, and this never
 * changes: rows already written depend on it.
 */
public final class Lanes {
  private Lanes() {}

  /**
   * The lane of an aggregate, from 0 to {@code lanes - 1}.
   *
   * @param lanes how many there are, at least 1
   */
  public static int of(String aggregateId, int lanes) {
    byte[] utf8 = aggregateId.getBytes(StandardCharsets.UTF_8);
    CRC32C checksum = new CRC32C();
    checksum.update(utf8, 0, utf8.length);
    return (int) (checksum.getValue() % lanes);
  }
}
