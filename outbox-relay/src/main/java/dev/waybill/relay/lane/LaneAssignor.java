package dev.waybill.relay.lane;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * Shares the partitions of the cursor topic that have a lane, so that lanes, of which there may be
 * fewer than partitions, are spread evenly. Otherwise Kafka's own, by whose name it goes.
 */
public final class LaneAssignor extends CooperativeStickyAssignor implements Configurable {
  /** The property with the number of lanes, an {@link IntSupplier}. */
  static final String LANES = "waybill.lanes";

  private IntSupplier lanes = () -> 1;

  @Override
  public void configure(Map<String, ?> configs) {
    if (configs.get(LANES) instanceof IntSupplier known) {
      lanes = known;
    }
  }

  @Override
  public Map<String, List<TopicPartition>> assignPartitions(
      Map<String, List<PartitionInfo>> partitions, Map<String, Subscription> subscriptions) {
    int count = lanes.getAsInt();
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
