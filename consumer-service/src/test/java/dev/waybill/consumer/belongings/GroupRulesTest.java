package dev.waybill.consumer.belongings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.MemberAssignment;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class GroupRulesTest {
  private static final TopicPartition EVENTS = new TopicPartition("events", 0);
  private static final TopicPartition CURSORS = new TopicPartition("waybill.cursors", 0);

  @Test
  void bsOwnMembersAndAnEmptyGroupAreNotRefused() {
    assertThat(GroupRules.refusal(group("stream", EVENTS), Names.OWN)).isEmpty();
    assertThat(GroupRules.refusal(group("", EVENTS), Names.OWN)).as("rebalancing").isEmpty();
    assertThat(GroupRules.refusal(group("stream"), Names.OWN)).isEmpty();
  }

  @Test
  void membersOfAnotherAssignorOrWithOtherTopicsAreNamed() {
    assertThat(GroupRules.refusal(group("range", EVENTS), Names.OWN)).isPresent();
    assertThat(GroupRules.refusal(group("stream", CURSORS), Names.OWN))
        .hasValueSatisfying(
            refusal ->
                assertThat(refusal)
                    .contains("group b ", "relay-1 at /10.0.0.3, which reads waybill.cursors"));
  }

  @Test
  void onlyGroupsThatConsumersJoinMayBeBs() {
    assertThat(refusal(GroupType.CLASSIC, "consumer")).isEmpty();
    assertThat(refusal(GroupType.CLASSIC, "")).isEmpty();
    assertThat(refusal(GroupType.CONSUMER, "consumer")).isEmpty();
    assertThat(refusal(GroupType.CLASSIC, "connect")).isPresent();
    assertThat(refusal(GroupType.SHARE, "share")).isPresent();
    assertThat(refusal(GroupType.STREAMS, "streams")).isPresent();
  }

  @Test
  void offsetsOfOtherTopicsAreNotBs() {
    assertThat(GroupRules.refusal(Set.of(EVENTS), Names.OWN)).isEmpty();
    assertThat(GroupRules.refusal(Set.of(EVENTS, CURSORS), Names.OWN))
        .hasValueSatisfying(refusal -> assertThat(refusal).contains("waybill.cursors"));
  }

  private static Optional<String> refusal(GroupType type, String protocol) {
    return GroupRules.refusal(
        new GroupListing("b", Optional.of(type), protocol, Optional.of(GroupState.EMPTY)),
        Names.OWN);
  }

  private static ConsumerGroupDescription group(String assignor, TopicPartition... assigned) {
    MemberDescription member =
        new MemberDescription(
            "relay-1-id",
            Optional.empty(),
            Optional.empty(),
            "relay-1",
            "/10.0.0.3",
            new MemberAssignment(Set.of(assigned)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new ConsumerGroupDescription(
        "b",
        false,
        List.of(member),
        assignor,
        GroupType.CLASSIC,
        GroupState.STABLE,
        new Node(1, "b-1", 9092),
        Set.of(),
        Optional.empty(),
        Optional.empty());
  }
}
