package dev.waybill.relay.lane;

import dev.waybill.runtime.transactions.Answers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * Whether the relay's group is somebody else's, such as B's: the two would neither share partitions
 * nor let each other join, and say nothing of why.
 */
final class ForeignGroup {
  /** What {@code CooperativeStickyAssignor} calls itself. */
  private static final String OUR_ASSIGNOR = "cooperative-sticky";

  private final String group;
  private final String cursorTopic;
  private final Map<String, Object> clientConfig;

  ForeignGroup(Lanes.KafkaSide kafka) {
    this.group = kafka.relay();
    this.cursorTopic = kafka.cursorTopic();
    this.clientConfig = new HashMap<>(kafka.clientConfig());
    clientConfig.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    clientConfig.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
  }

  /**
   * Whose it is, in words; empty when it is the relay's, or nobody's. Blocks.
   *
   * @throws KafkaException when the brokers are away or deny the right
   */
  Optional<String> clash() {
    try (Admin admin = Admin.create(clientConfig)) {
      return kind(admin)
          .or(() -> members(admin))
          .or(() -> offsets(admin))
          .map(
              clash ->
                  "RELAY_NAME: the consumer group %s %s; the relay needs one of its own"
                      .formatted(group, clash));
    }
  }

  private Optional<String> kind(Admin admin) {
    return Answers.of(admin.listGroups().all()).stream()
        .filter(found -> found.groupId().equals(group))
        .flatMap(ForeignGroup::otherKind)
        .findFirst();
  }

  private static Stream<String> otherKind(GroupListing found) {
    GroupType type = found.type().orElse(GroupType.CLASSIC);
    if (type != GroupType.CLASSIC) {
      return Stream.of("is a group of type " + type);
    }
    boolean ours = found.protocol().isEmpty() || found.protocol().equals("consumer");
    return ours ? Stream.of() : Stream.of("is one of protocol " + found.protocol());
  }

  private Optional<String> members(Admin admin) {
    try {
      var found = Answers.of(admin.describeConsumerGroups(List.of(group)).all()).get(group);
      String assignor = Objects.requireNonNull(found).partitionAssignor();
      List<String> names = found.members().stream().map(MemberDescription::clientId).toList();
      if (!assignor.isEmpty() && !assignor.equals(OUR_ASSIGNOR)) {
        return Optional.of("has members of another kind (%s): %s".formatted(assignor, names));
      }
      return found.members().stream()
          .flatMap(member -> member.assignment().topicPartitions().stream())
          .map(TopicPartition::topic)
          .filter(topic -> !topic.equals(cursorTopic))
          .findFirst()
          .map(topic -> "reads topic %s: %s".formatted(topic, names));
    } catch (GroupIdNotFoundException nobodys) {
      return Optional.empty();
    }
  }

  /** The relay commits 0 and nothing else, whatever its topic is called. */
  private Optional<String> offsets(Admin admin) {
    try {
      Map<TopicPartition, OffsetAndMetadata> committed =
          Answers.of(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
      return committed.entrySet().stream()
          .filter(one -> !one.getKey().topic().equals(cursorTopic))
          .filter(one -> one.getValue() != null && one.getValue().offset() > 0)
          .findFirst()
          .map(one -> "has read topic " + one.getKey().topic());
    } catch (GroupIdNotFoundException nobodys) {
      return Optional.empty();
    }
  }
}
