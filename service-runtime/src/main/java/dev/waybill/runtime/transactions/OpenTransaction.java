package dev.waybill.runtime.transactions;

import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.common.TopicPartition;

/**
 * A transaction that is open in a partition, as the partition's leader has it.
 *
 * @param coordinatorEpoch of the last marker that the producer got there; 0 when it got none
 * @param startOffset where it begins; no {@code read_committed} reader gets past it
 * @param lastWrite when it was last written to
 */
record OpenTransaction(
    TopicPartition partition,
    long producerId,
    short producerEpoch,
    int coordinatorEpoch,
    long startOffset,
    Instant lastWrite) {

  static OpenTransaction of(TopicPartition partition, ProducerState producer) {
    return new OpenTransaction(
        partition,
        producer.producerId(),
        (short) producer.producerEpoch(),
        Math.max(0, producer.coordinatorEpoch().orElse(0)),
        producer.currentTransactionStartOffset().orElseThrow(),
        Instant.ofEpochMilli(producer.lastTimestamp()));
  }

  boolean isOlderThan(Duration age, Instant now) {
    return lastWrite.plus(age).isBefore(now);
  }

  @Override
  public String toString() {
    return "of producer %s (epoch %s) in %s from offset %s"
        .formatted(producerId, producerEpoch, partition, startOffset);
  }
}
