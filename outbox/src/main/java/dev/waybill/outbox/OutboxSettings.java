package dev.waybill.outbox;

/**
 * What an {@link Outbox} is told when it is opened.
 *
 * @param maxPayloadBytes the largest Avro payload that is accepted, 1 to {@value
 *     #MAX_PAYLOAD_BYTES}. It must leave room in the topic's {@code max.message.bytes} for the key,
 *     the headers and Kafka's own overhead, some 20 KiB: a row that Kafka refuses stops its lane.
 */
public record OutboxSettings(int maxPayloadBytes) {
  /** A tenth of what PostgreSQL can hold, and more than any topic should. */
  public static final int MAX_PAYLOAD_BYTES = 100_000_000;

  /** Kafka's default {@code max.message.bytes} is 1 MiB; headers, key and overhead need room. */
  public static final int DEFAULT_MAX_PAYLOAD_BYTES = 900_000;

  /**
   * @throws IllegalArgumentException if it is out of its range
   */
  public OutboxSettings {
    if (maxPayloadBytes < 1 || maxPayloadBytes > MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "maxPayloadBytes is " + maxPayloadBytes + ", not from 1 to " + MAX_PAYLOAD_BYTES);
    }
  }

  public static OutboxSettings defaults() {
    return new OutboxSettings(DEFAULT_MAX_PAYLOAD_BYTES);
  }
}
