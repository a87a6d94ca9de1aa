package dev.waybill.relay.topic;

import dev.waybill.runtime.topics.FoundTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic as the relay needs it: how it is created when it is missing, and what is refused or
 * warned about when it is there.
 *
 * @param replicationFactor 1 or more, or -1 for the broker's default
 * @param mayGrow whether it may be given partitions while the relay runs
 * @param compactionLag the least {@code min.compaction.lag.ms}
 * @param required settings with any other value of which the topic is refused, because records
 *     would be deleted
 * @param created the configuration of a topic that is created, beside what is required
 */
public record TopicRules(
    String name,
    int partitions,
    short replicationFactor,
    boolean mayGrow,
    Duration compactionLag,
    Map<String, String> required,
    Map<String, String> created) {
  /** For how many lanes a topic of cursors is made; it can be given more partitions. */
  private static final int MOST_LANES = 8;

  private static final Map<String, String> COMPACTED =
      Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);

  private static final Map<String, String> KEPT_FOR_EVER =
      Map.of(
          TopicConfig.CLEANUP_POLICY_CONFIG,
          TopicConfig.CLEANUP_POLICY_DELETE,
          TopicConfig.RETENTION_MS_CONFIG,
          "-1",
          TopicConfig.RETENTION_BYTES_CONFIG,
          "-1");

  /** The topic of the events: compacted, each event readable for at least the lag. */
  public static TopicRules events(
      String name, int partitions, int replicationFactor, Duration compactionLag) {
    return new TopicRules(
        name,
        partitions,
        (short) replicationFactor,
        false,
        compactionLag,
        COMPACTED,
        Map.of(
            TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
            Long.toString(compactionLag.toMillis()),
            TopicConfig.DELETE_RETENTION_MS_CONFIG,
            Long.toString(Math.max(compactionLag.toMillis(), Duration.ofDays(1).toMillis())),
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
            "CreateTime"));
  }

  /** The topic of the cursors: compacted at once, in small segments, a partition for each lane. */
  public static TopicRules cursors(String name, int replicationFactor) {
    return new TopicRules(
        name,
        MOST_LANES,
        (short) replicationFactor,
        true,
        Duration.ZERO,
        COMPACTED,
        Map.of(
            TopicConfig.SEGMENT_BYTES_CONFIG,
            Integer.toString(4 * 1024 * 1024),
            TopicConfig.SEGMENT_MS_CONFIG,
            Long.toString(Duration.ofHours(1).toMillis())));
  }

  /** The topic of the dead letters: every one is kept, in the order of their making. */
  public static TopicRules deadLetters(String name, int replicationFactor) {
    return new TopicRules(
        name, 1, (short) replicationFactor, false, Duration.ZERO, KEPT_FOR_EVER, Map.of());
  }

  /** What a topic that is created is set to. */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>(created);
    settings.putAll(required);
    return settings;
  }

  /**
   * Why the existing topic is refused, each reason with what puts it right; empty when it is fit.
   */
  List<String> refusals(FoundTopic topic) {
    List<String> refusals = new ArrayList<>();
    new TreeMap<>(required)
        .forEach(
            (setting, value) -> {
              String found = topic.value(setting);
              if (!found.equals(value)) {
                refusals.add(
                    "topic %s has %s=%s, records would be deleted;".formatted(name, setting, found)
                        + topic.remedy(setting, value));
              }
            });
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
    return refusals;
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
