package dev.waybill.consumer.belongings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** When internal topics are not those that B left behind. */
final class InternalTopicRules {
  private InternalTopicRules() {}

  /**
   * Why B must not start with them; empty when it may.
   *
   * @param partitions of the topic of the events
   * @param found the internal topics that are there, with their numbers of partitions
   * @param lived by what can be told that B has run before; empty when it has not
   */
  static List<String> refusals(
      Belongings own, int partitions, Map<String, Integer> found, String lived) {
    List<String> refusals = new ArrayList<>();
    List<String> others =
        own.internal().stream()
            .filter(topic -> found.getOrDefault(topic, partitions) != partitions)
            .toList();
    if (!others.isEmpty()) {
      refusals.add(otherPartitions(own, partitions, found, others));
    }
    List<String> missing =
        own.required().stream().filter(topic -> !found.containsKey(topic)).toList();
    if (!missing.isEmpty() && !lived.isEmpty()) {
      refusals.add(gone(missing, lived));
    }
    return refusals;
  }

  private static String otherPartitions(
      Belongings own, int partitions, Map<String, Integer> found, List<String> others) {
    return "topic "
        + own.events()
        + " has "
        + partitions
        + " partitions, and what B keeps under CONSUMER_APPLICATION_ID="
        + own.applicationId()
        + " is for "
        + found.get(others.get(0))
        + " ("
        + String.join(", ", others)
        + "): an order's later events would meet a store that does not know it. Nothing is lost"
        + " and nothing was applied wrongly. Do not reset B or delete its topics: "
        + Pages.MORE_PARTITIONS;
  }

  private static String gone(List<String> missing, String lived) {
    return "internal topics of B are not there: "
        + String.join(", ", missing)
        + ", although "
        + lived
        + ". Kafka Streams would make them anew, empty, and B would go on without what it knew. If"
        + " this is the right Kafka and the right CONSUMER_STATE_DIR, they were deleted: "
        + Pages.BUILD_ANEW;
  }
}
