package dev.waybill.consumer.belongings;

import dev.waybill.runtime.topics.TopicAdmin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far a group has read a topic, as Kafka had it at one moment.
 *
 * @param positions one for each partition that the topic has now
 */
public record Reading(String topic, List<Position> positions) {

  /**
   * In one partition.
   *
   * @param committed the group's offset; null when it has none
   * @param begin the first offset that is still there
   * @param end behind the last record that committed
   */
  public record Position(int partition, @Nullable Long committed, long begin, long end) {
    /** Where the group goes on. */
    public long next() {
      return committed == null ? begin : Math.max(begin, committed);
    }
  }

  /** Whether the group has committed something. */
  boolean isBegun() {
    return positions.stream().anyMatch(at -> at.committed() != null);
  }

  /** Asks Kafka; empty when there is no such topic. Blocks. */
  public static Optional<Reading> look(Admin admin, String group, String topic)
      throws ExecutionException, InterruptedException {
    TopicDescription description = new TopicAdmin(admin).describe(List.of(topic)).get(topic);
    if (description == null) {
      return Optional.empty();
    }
    List<TopicPartition> partitions =
        IntStream.range(0, description.partitions().size())
            .mapToObj(number -> new TopicPartition(topic, number))
            .toList();
    // In this order: between two questions the group reads on, and what it has read may go.
    Map<TopicPartition, Long> begin = offsets(admin, partitions, OffsetSpec.earliest());
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    Map<TopicPartition, Long> end = offsets(admin, partitions, OffsetSpec.latest());
    return Optional.of(
        new Reading(
            topic,
            partitions.stream()
                .map(
                    partition ->
                        new Position(
                            partition.partition(),
                            offset(committed.get(partition)),
                            begin.getOrDefault(partition, 0L),
                            end.getOrDefault(partition, 0L)))
                .toList()));
  }

  private static @Nullable Long offset(@Nullable OffsetAndMetadata committed) {
    return committed == null ? null : committed.offset();
  }

  /** Of what has committed. */
  static Map<TopicPartition, Long> offsets(
      Admin admin, List<TopicPartition> partitions, OffsetSpec which)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, which));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> answer :
        admin
            .listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
            .all()
            .get()
            .entrySet()) {
      offsets.put(answer.getKey(), answer.getValue().offset());
    }
    return offsets;
  }
}
