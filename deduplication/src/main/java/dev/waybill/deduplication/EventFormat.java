package dev.waybill.deduplication;

/** How a topic's values are read. Used by several threads at once. */
public interface EventFormat<V> {

  /**
   * Decodes a value; tombstones never get here.
   *
   * @param key the record's key, the aggregate's id
   * @throws NotDecodableException when it can never be decoded: the record becomes a dead letter
   * @throws RuntimeException when something else is wrong, such as a registry that is away: the
   *     record is not consumed, the task fails and tries again
   */
  V decode(String topic, byte[] key, byte[] value) throws NotDecodableException;

  /**
   * Where the event's own content begins in a value. What is before it (a frame with a schema id)
   * may differ between two copies of one event.
   */
  default int contentStart(byte[] value) {
    return 0;
  }
}
