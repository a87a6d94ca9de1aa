package dev.waybill.bench;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** How far a {@code read_committed} reader could read a topic, without reading it. */
final class TopicEnd implements AutoCloseable {
  private final Admin admin;
  private final Map<TopicPartition, OffsetSpec> ends;

  private TopicEnd(Admin admin, Map<TopicPartition, OffsetSpec> ends) {
    this.admin = admin;
    this.ends = ends;
  }

  /** Of a topic with as many partitions as the stage's have. */
  static TopicEnd of(String bootstrapServers, String topic) {
    Map<TopicPartition, OffsetSpec> ends =
        IntStream.range(0, Stage.PARTITIONS)
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .collect(Collectors.toMap(one -> one, one -> OffsetSpec.latest()));
    return new TopicEnd(Admin.create(Map.of("bootstrap.servers", bootstrapServers)), ends);
  }

  /**
   * The offsets of all partitions: the records, and of a transaction one more in each partition
   * that it wrote to, which is less than one in a hundred while draining.
   */
  long committed() throws ExecutionException, InterruptedException {
    return admin
        .listOffsets(ends, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
        .all()
        .get()
        .values()
        .stream()
        .mapToLong(ListOffsetsResultInfo::offset)
        .sum();
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
