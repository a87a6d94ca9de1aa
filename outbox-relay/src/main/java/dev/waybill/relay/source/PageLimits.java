package dev.waybill.relay.source;

/**
 * What bounds a page, and so a Kafka transaction and the memory of a lane.
 *
 * @param rows 1 or more
 * @param bytes of payload, beyond which a page takes no further row; it always holds one at least
 */
public record PageLimits(int rows, int bytes) {

  /** What a row may take without the others of a full page having to take less. */
  int share() {
    return bytes / rows;
  }
}
