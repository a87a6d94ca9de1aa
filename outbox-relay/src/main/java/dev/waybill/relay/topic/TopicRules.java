package dev.waybill.relay.topic;

import dev.waybill.runtime.topics.FoundTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic as the relay needs it: how it is created when it is missing, and what is refused or
 * warned about when it is there.
 *
 * @param replicationFactor 1 or more, or -1 for the broker's default
 * @param exactPartitions whether another number of partitions is refused
 * @param compactionLag the least {@code min.compaction.lag.ms}
 * @param created the configuration of a topic that is created
 */
public record TopicRules(
    String name,
    int partitions,
    short replicationFactor,
    boolean exactPartitions,
    Duration compactionLag,
    Map<String, String> created) {

  /** The topic of the events: compacted, each event readable for at least the lag. */
  public static TopicRules events(
      String name, int partitions, int replicationFactor, Duration compactionLag) {
    return new TopicRules(
        name,
        partitions,
        (short) replicationFactor,
        false,
        compactionLag,
        Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT,
            TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
            Long.toString(compactionLag.toMillis()),
            TopicConfig.DELETE_RETENTION_MS_CONFIG,
            Long.toString(Math.max(compactionLag.toMillis(), Duration.ofDays(1).toMillis())),
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
            "CreateTime"));
  }

  /** The topic of the cursors: compacted at once, in small segments, a partition a lane. */
  public static TopicRules cursors(String name, int lanes, int replicationFactor) {
    return new TopicRules(
        name,
        lanes,
        (short) replicationFactor,
        true,
        Duration.ZERO,
        Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT,
            TopicConfig.SEGMENT_BYTES_CONFIG,
            Integer.toString(4 * 1024 * 1024),
            TopicConfig.SEGMENT_MS_CONFIG,
            Long.toString(Duration.ofHours(1).toMillis())));
  }

  /**
   * Why the existing topic is refused, each reason with what puts it right; empty when it is fit.
   */
  List<String> refusals(FoundTopic topic) {
    List<String> refusals = new ArrayList<>();
    String cleanup = topic.value(TopicConfig.CLEANUP_POLICY_CONFIG);
    if (!cleanup.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      refusals.add(
          "topic "
              + name
              + " has cleanup.policy="
              + cleanup
              + ", events would be deleted;"
              + topic.remedy(
                  TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
    }
    long lag = topic.number(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG);
    if (lag < compactionLag.toMillis()) {
      refusals.add(
          "topic "
              + name
              + " has min.compaction.lag.ms="
              + lag
              + ", less than the promised "
              + compactionLag.toMillis()
              + ";"
              + topic.remedy(
                  TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
                  Long.toString(compactionLag.toMillis())));
    }
    if (exactPartitions && topic.partitions() != partitions) {
      refusals.add(
          "topic "
              + name
              + " has "
              + topic.partitions()
              + " partitions, but there are "
              + partitions
              + " lanes (OUTBOX_LANES), and each lane has its own partition;"
              + partitionsRemedy(topic.partitions()));
    }
    return refusals;
  }

  private String partitionsRemedy(int existing) {
    return existing < partitions
        ? " put it right with kafka-topics.sh --alter --topic %s --partitions %s"
            .formatted(name, partitions)
        : " a topic cannot lose partitions: name another one in RELAY_CURSOR_TOPIC, or set"
            + " OUTBOX_LANES to "
            + existing
            + " as the writer has it";
  }

  /** What about the existing topic can lose events when a broker does. */
  List<String> warnings(FoundTopic topic) {
    List<String> warnings = new ArrayList<>();
    if (topic.replicas() < 2) {
      warnings.add("topic " + name + " has one replica: what its broker loses is lost");
    } else if (topic.value(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG).equals("1")) {
      warnings.add(
          "topic "
              + name
              + " has min.insync.replicas=1: a commit may be on one broker only;"
              + topic.remedy(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2"));
    }
    return warnings;
  }
}
