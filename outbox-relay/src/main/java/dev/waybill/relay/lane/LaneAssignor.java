package dev.waybill.relay.lane;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * Shares the partitions of the cursor topic that have a lane, so that lanes, of which there may be
 * fewer than partitions, are spread evenly. Otherwise Kafka's own, by whose name it goes.
 *
 * <p>Each member is told how many lanes were shared. Its wish to share anew can get lost, as when a
 * leader returns that the coordinator gives its old assignment back.
 */
public final class LaneAssignor extends CooperativeStickyAssignor implements Configurable {
  /** The property with the number of lanes, a {@link SharedLanes}. */
  static final String LANES = "waybill.lanes";

  private SharedLanes lanes = new SharedLanes();

  @Override
  public void configure(Map<String, ?> configs) {
    if (configs.get(LANES) instanceof SharedLanes known) {
      lanes = known;
    }
  }

  @Override
  public GroupAssignment assign(Cluster metadata, GroupSubscription group) {
    Map<String, Assignment> all = new HashMap<>();
    super.assign(metadata, group)
        .groupAssignment()
        .forEach(
            (member, one) ->
                all.put(member, new Assignment(one.partitions(), number(lanes.wanted()))));
    return new GroupAssignment(all);
  }

  @Override
  public void onAssignment(Assignment assignment, ConsumerGroupMetadata metadata) {
    super.onAssignment(assignment, metadata);
    ByteBuffer number = assignment.userData();
    if (number != null) {
      lanes.tell(number.getInt(number.position()));
    }
  }

  private static ByteBuffer number(int lanes) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(0, lanes);
  }

  @Override
  public Map<String, List<TopicPartition>> assignPartitions(
      Map<String, List<PartitionInfo>> partitions, Map<String, Subscription> subscriptions) {
    int count = lanes.wanted();
    Map<String, List<PartitionInfo>> ofLanes = new HashMap<>();
    partitions.forEach(
        (topic, all) ->
            ofLanes.put(topic, all.stream().filter(one -> one.partition() < count).toList()));
    Map<String, Subscription> owners = new HashMap<>();
    subscriptions.forEach((member, all) -> owners.put(member, ofLanes(all, count)));
    return super.assignPartitions(ofLanes, owners);
  }

  /** Lanes that there are no more are nobody's, whoever owns their partitions still. */
  private static Subscription ofLanes(Subscription all, int count) {
    List<TopicPartition> owned =
        all.ownedPartitions().stream().filter(one -> one.partition() < count).toList();
    Subscription ofLanes =
        new Subscription(
            all.topics(), all.userData(), owned, all.generationId().orElse(-1), all.rackId());
    ofLanes.setGroupInstanceId(all.groupInstanceId());
    return ofLanes;
  }
}
