package dev.waybill.deduplication;

import org.apache.kafka.common.header.Headers;

/** How a topic's values are read. Used by several threads at once. */
public interface EventFormat<V> {

  /**
   * Decodes a value; tombstones never get here.
   *
   * @param key the record's key, the aggregate's id
   * @param headers the record's; not to be changed
   * @param version the aggregate's, as the record says it; 0 for an event without one
   * @throws NotDecodableException when it can never be decoded: the record becomes a dead letter
   * @throws UnavailableException when a registry, or what else it takes, is away: the record is not
   *     consumed, the task fails and tries again
   * @throws RuntimeException when anything else fails, as does whatever else is thrown, checked or
   *     not. Unless it says that something is away, see {@link Outages}, the record becomes a dead
   *     letter when it fails a second time
   */
  V decode(String topic, byte[] key, byte[] value, Headers headers, long version)
      throws NotDecodableException;

  /**
   * The aggregate's version as the value has it, which the record's own must agree with; 0 when it
   * does not say.
   */
  default long version(V value) {
    return 0;
  }

  /**
   * Where the event's own content begins in a value. What is before it (a frame with a schema id)
   * may differ between two copies of one event.
   *
   * @param headers the record's; not to be changed
   */
  default int contentStart(byte[] value, Headers headers) {
    return 0;
  }
}
