package dev.waybill.outbox;

/**
 * What an {@link Outbox} is told when it is opened.
 *
 * @param lanes into how many lanes aggregates are spread, 1 to {@value #MAX_LANES}; the relay must
 *     be told the same
 * @param maxPayloadBytes the largest Avro payload that is accepted, 1 to {@value
 *     #MAX_PAYLOAD_BYTES}. It must leave room in the topic's {@code max.message.bytes} for the key,
 *     the headers and Kafka's own overhead, some 20 KiB: a row that Kafka refuses stops its lane.
 */
public record OutboxSettings(int lanes, int maxPayloadBytes) {
  /** The column is a {@code smallint}. */
  public static final int MAX_LANES = Short.MAX_VALUE;

  /** A tenth of what PostgreSQL can hold, and more than any topic should. */
  public static final int MAX_PAYLOAD_BYTES = 100_000_000;

  /** Four lanes keep two relays busy. */
  public static final int DEFAULT_LANES = 4;

  /** Kafka's default {@code max.message.bytes} is 1 MiB; headers, key and overhead need room. */
  public static final int DEFAULT_MAX_PAYLOAD_BYTES = 900_000;

  /**
   * @throws IllegalArgumentException if a value is out of its range
   */
  public OutboxSettings {
    requireBetween("lanes", lanes, MAX_LANES);
    requireBetween("maxPayloadBytes", maxPayloadBytes, MAX_PAYLOAD_BYTES);
  }

  public static OutboxSettings defaults() {
    return new OutboxSettings(DEFAULT_LANES, DEFAULT_MAX_PAYLOAD_BYTES);
  }

  private static void requireBetween(String name, int value, int max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(name + " is " + value + ", not from 1 to " + max);
    }
  }
}
