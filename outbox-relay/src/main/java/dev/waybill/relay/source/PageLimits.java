package dev.waybill.relay.source;

/**
 * What bounds a page, and so a Kafka transaction and the memory of a lane.
 *
 * @param rows 1 or more
 * @param bytes of the rows, beyond which a page takes no further row; it always holds one at least
 * @param largestRow in bytes: what is larger is not read, because no record of it could be sent
 */
public record PageLimits(int rows, int bytes, int largestRow) {

  /** With rows of any size. */
  public PageLimits(int rows, int bytes) {
    this(rows, bytes, Integer.MAX_VALUE);
  }

  /** With rows up to a size. */
  public PageLimits withRowsUpTo(int newLargestRow) {
    return new PageLimits(rows, bytes, newLargestRow);
  }

  /** What a row may take without the others of a full page having to take less. */
  int share() {
    return bytes / rows;
  }
}
