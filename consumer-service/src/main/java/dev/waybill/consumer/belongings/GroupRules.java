package dev.waybill.consumer.belongings;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;

/** When a group of B's name is somebody else's. */
final class GroupRules {
  /** How members of Kafka Streams share their tasks. */
  private static final String ASSIGNOR = "stream";

  private static final String REMEDY =
      ": give B a CONSUMER_APPLICATION_ID that no other group has; RELAY_NAME, for one, is a group";

  private GroupRules() {}

  /** Why a group of this type is not B's; empty when it may be. */
  static Optional<String> refusal(GroupListing group, Belongings own) {
    boolean fits =
        switch (group.type().orElse(GroupType.CLASSIC)) {
          case CLASSIC, CONSUMER ->
              group.protocol().isEmpty() || group.protocol().equals("consumer");
          case STREAMS -> own.streamsProtocol();
          case SHARE, UNKNOWN -> false;
        };
    if (fits) {
      return Optional.empty();
    }
    return Optional.of(
        "group "
            + group.groupId()
            + " is not B's, but of type "
            + group.type().map(GroupType::toString).orElse("unknown")
            + " and protocol '"
            + group.protocol()
            + "'"
            + REMEDY);
  }

  /** Why the group's members are not B's; empty when they are, or there are none. */
  static Optional<String> refusal(ConsumerGroupDescription group, Belongings own) {
    String assignor = group.partitionAssignor();
    boolean others = !assignor.isEmpty() && !assignor.equals(ASSIGNOR);
    List<MemberDescription> strangers =
        group.members().stream()
            .filter(member -> others || !own.sources().containsAll(topics(member)))
            .toList();
    if (strangers.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "group "
            + group.groupId()
            + " has members that are not B's: "
            + strangers.stream().map(GroupRules::name).sorted().collect(Collectors.joining(", "))
            + " (assignor "
            + assignor
            + ")"
            + REMEDY);
  }

  /** Why what the group has committed is not B's; empty when it is. */
  static Optional<String> refusal(Collection<TopicPartition> committed, Belongings own) {
    Set<String> others = names(committed);
    others.removeAll(own.sources());
    if (others.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "group "
            + own.applicationId()
            + " has read topics that B does not: "
            + String.join(", ", others)
            + ". It is another program's, or B's of another CONSUMER_TOPIC"
            + REMEDY);
  }

  private static String name(MemberDescription member) {
    return "%s at %s, which reads %s"
        .formatted(member.clientId(), member.host(), String.join(", ", topics(member)));
  }

  private static Set<String> topics(MemberDescription member) {
    return names(member.assignment().topicPartitions());
  }

  private static Set<String> names(Collection<TopicPartition> partitions) {
    return partitions.stream()
        .map(TopicPartition::topic)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
