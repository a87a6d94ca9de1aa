package dev.waybill.proof.systems;

import dev.waybill.proof.KafkaClients;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** A topic from its first record to the last that is committed now. */
public final class WholeTopic {
  private static final Duration POLL = Duration.ofMillis(200);

  private WholeTopic() {}

  /** The partitions of a topic that is there. */
  public static List<TopicPartition> partitions(KafkaConsumer<?, ?> reader, String topic) {
    return reader.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  /**
   * Blocks until all is read, or the time is over.
   *
   * @param each is handed each record, in the order of its partition
   */
  public static void read(
      String bootstrapServers,
      String topic,
      Duration limit,
      Consumer<ConsumerRecord<byte[], byte[]>> each) {
    try (KafkaConsumer<byte[], byte[]> reader = KafkaClients.reader(bootstrapServers)) {
      List<TopicPartition> partitions = partitions(reader, topic);
      Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
      reader.assign(partitions);
      reader.seekToBeginning(partitions);
      long deadline = System.nanoTime() + limit.toNanos();
      while (System.nanoTime() < deadline && !isAt(reader, partitions, ends)) {
        reader.poll(POLL).forEach(each);
      }
    }
  }

  private static boolean isAt(
      KafkaConsumer<?, ?> reader,
      Collection<TopicPartition> partitions,
      Map<TopicPartition, Long> ends) {
    return partitions.stream().allMatch(one -> reader.position(one) >= ends.getOrDefault(one, 0L));
  }
}
