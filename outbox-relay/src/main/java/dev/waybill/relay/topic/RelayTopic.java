package dev.waybill.relay.topic;

import dev.waybill.relay.cursor.PublishedTopic;
import dev.waybill.runtime.topics.FoundTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.utils.Utils;

/**
 * A topic of the relay's as it was found when it started.
 *
 * @param maxMessageBytes the largest record that it takes
 */
public record RelayTopic(PublishedTopic identity, int maxMessageBytes) {

  static RelayTopic of(FoundTopic topic) {
    return new RelayTopic(
        new PublishedTopic(
            topic.name(), topic.description().topicId().toString(), topic.partitions()),
        (int) topic.number(TopicConfig.MAX_MESSAGE_BYTES_CONFIG));
  }

  public String name() {
    return identity.name();
  }

  public int partitions() {
    return identity.partitions();
  }

  /**
   * The partition of a key: that of Kafka's own partitioner, but for as many partitions as the
   * topic had at the start. The producer's would follow the topic when partitions are added, at any
   * moment, and split the history of an aggregate over two partitions.
   */
  int partitionOf(byte[] key) {
    return Utils.toPositive(Utils.murmur2(key)) % partitions();
  }
}
