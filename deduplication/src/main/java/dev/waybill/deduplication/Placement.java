package dev.waybill.deduplication;

import org.apache.kafka.common.utils.Utils;

/**
 * Which partition a key belongs to. One event in two partitions is seen by two tasks, and neither
 * can know that the other has it.
 */
@FunctionalInterface
public interface Placement {
  /** For a topic whose producers have a partitioner of their own: nothing is checked. */
  Placement ANY = (key, partition) -> true;

  /** Whether a record of this key may be in this partition. */
  boolean belongs(byte[] key, int partition);

  /**
   * As the default partitioner of Kafka's Java clients has it, murmur2. That of librdkafka is
   * another one unless it is told {@code partitioner=murmur2_random}.
   *
   * @param partitions how many the topic has
   */
  static Placement murmur2(int partitions) {
    return (key, partition) -> murmur2(key, partitions) == partition;
  }

  /** Where that partitioner puts a record of this key. */
  static int murmur2(byte[] key, int partitions) {
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }
}
