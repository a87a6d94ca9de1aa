package dev.waybill.relay.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Assignment;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.junit.jupiter.api.Test;

final class LaneAssignorTest {
  private static final String TOPIC = "cursors";

  private final SharedLanes lanes = new SharedLanes();

  @Test
  void onlyPartitionsWithALaneAreSharedAndEveryMemberIsToldHowMany() {
    lanes.want(3);

    Map<String, Assignment> shared =
        assignor()
            .assign(
                cluster(8),
                new GroupSubscription(
                    Map.of(
                        "one", new Subscription(List.of(TOPIC)),
                        "two", new Subscription(List.of(TOPIC)))))
            .groupAssignment();

    assertThat(shared.values().stream().flatMap(one -> one.partitions().stream()))
        .extracting(partition -> partition.partition())
        .containsExactlyInAnyOrder(0, 1, 2);
    assertThat(shared.values()).allSatisfy(one -> assertThat(one.userData().getInt()).isEqualTo(3));
  }

  @Test
  void anAssignmentOfAnotherNumberIsNotWhatIsWanted() {
    assertThat(lanes.want(4)).as("of one lane until told").isTrue();
    Assignment ofFour = assignmentOf(4);
    tell(ofFour);
    assertThat(lanes.want(4)).isFalse();

    tell(assignmentOf(2));
    assertThat(lanes.want(4)).as("a returning leader's old assignment").isTrue();
    tell(new Assignment(List.of()));
    assertThat(lanes.want(4)).as("nothing was told").isTrue();
    tell(ofFour);
    assertThat(lanes.want(4)).isFalse();
  }

  private Assignment assignmentOf(int number) {
    SharedLanes leaders = new SharedLanes();
    leaders.want(number);
    LaneAssignor leader = new LaneAssignor();
    leader.configure(Map.of(LaneAssignor.LANES, leaders));
    return leader
        .assign(cluster(8), new GroupSubscription(Map.of("one", new Subscription(List.of(TOPIC)))))
        .groupAssignment()
        .values()
        .iterator()
        .next();
  }

  @SuppressWarnings("removal") // of the constructor: it becomes an interface
  private void tell(Assignment assignment) {
    assignor()
        .onAssignment(assignment, new ConsumerGroupMetadata("relay", 7, "one", Optional.empty()));
  }

  private LaneAssignor assignor() {
    LaneAssignor assignor = new LaneAssignor();
    assignor.configure(Map.of(LaneAssignor.LANES, lanes));
    return assignor;
  }

  private static Cluster cluster(int partitions) {
    Node node = new Node(1, "127.0.0.1", 9092);
    Node[] nodes = {node};
    return new Cluster(
        "cluster",
        List.of(node),
        IntStream.range(0, partitions)
            .mapToObj(number -> new PartitionInfo(TOPIC, number, node, nodes, nodes))
            .toList(),
        Set.of(),
        Set.of());
  }
}
