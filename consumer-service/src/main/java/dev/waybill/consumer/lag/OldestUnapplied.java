package dev.waybill.consumer.lag;

import dev.waybill.consumer.belongings.FirstRecord;
import dev.waybill.consumer.belongings.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds the oldest record of each partition that is not applied: the first committed one at or
 * behind the group's committed offset. Of one thread.
 */
public final class OldestUnapplied implements AutoCloseable {

  /** A record that was seen before, so that a partition that stands still is not read again. */
  private record Peeked(long committed, Instant at) {}

  private final String group;
  private final List<String> topics;
  private final Admin admin;
  private final FirstRecord first;
  private final Map<TopicPartition, Peeked> peeked = new HashMap<>();

  /**
   * Opens connections, and asks nothing yet.
   *
   * @param topics that the group reads; one that is not there has nothing to be applied
   */
  public OldestUnapplied(
      String group, Collection<String> topics, Map<String, Object> clientConfig) {
    this.group = group;
    this.topics = List.copyOf(topics);
    this.admin = Admin.create(clientConfig);
    this.first = new FirstRecord(group + "-lag-monitor", clientConfig);
  }

  /**
   * When each was published, of all partitions that there are now; none for a partition where all
   * is applied. Blocks for some minutes at most.
   */
  Map<TopicPartition, Instant> look() throws ExecutionException, InterruptedException {
    Map<TopicPartition, Instant> oldest = new HashMap<>();
    for (String topic : topics) {
      Optional<Reading> reading = Reading.look(admin, group, topic);
      if (reading.isPresent()) {
        for (Reading.Position at : reading.get().positions()) {
          TopicPartition partition = new TopicPartition(topic, at.partition());
          oldest(partition, at).ifPresent(published -> oldest.put(partition, published));
        }
      }
    }
    return oldest;
  }

  private Optional<Instant> oldest(TopicPartition partition, Reading.Position at) {
    if (at.next() >= at.end()) {
      return Optional.empty();
    }
    Peeked known = peeked.get(partition);
    if (known != null && known.committed() == at.next()) {
      return Optional.of(known.at());
    }
    Optional<Instant> found = first.between(partition, at.next(), at.end());
    found.ifPresent(published -> peeked.put(partition, new Peeked(at.next(), published)));
    return found;
  }

  @Override
  public void close() {
    first.close();
    admin.close(Duration.ZERO);
  }
}
