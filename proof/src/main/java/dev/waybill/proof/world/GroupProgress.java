package dev.waybill.proof.world;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far a consumer group has read. */
final class GroupProgress {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final long LOOK_MILLIS = 200;

  private final String bootstrapServers;
  private final String group;

  GroupProgress(String bootstrapServers, String group) {
    this.bootstrapServers = bootstrapServers;
    this.group = group;
  }

  /**
   * Blocks until the group has committed that it has read these records.
   *
   * @param last the offset of the last record of each partition that has some
   * @throws IllegalStateException when it has not in five minutes
   */
  void awaitRead(Map<TopicPartition, Long> last) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    Map<String, Object> config =
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    try (Admin admin = Admin.create(config)) {
      while (!hasRead(admin, last)) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(group + " has not read all of the topic");
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    } catch (ExecutionException failure) {
      throw new IllegalStateException("Kafka cannot be asked how far " + group + " is", failure);
    }
  }

  private boolean hasRead(Admin admin, Map<TopicPartition, Long> last)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    return last.entrySet().stream()
        .allMatch(
            record -> {
              OffsetAndMetadata at = committed.get(record.getKey());
              return at != null && at.offset() > record.getValue();
            });
  }
}
