package dev.waybill.deduplication;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** When a topology with a deduplication must not start. */
final class StartRules {
  private StartRules() {}

  static List<String> ofConfiguration(DeduplicationSettings settings, Map<?, ?> config) {
    List<String> refusals = new ArrayList<>();
    Object guarantee = config.get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG);
    if (!StreamsConfig.EXACTLY_ONCE_V2.equals(guarantee)) {
      refusals.add(
          "processing.guarantee is "
              + (guarantee == null ? "not set" : guarantee)
              + ": decision and effect are one transaction under exactly_once_v2 only");
    }
    String reset = ConsumerConfig.AUTO_OFFSET_RESET_CONFIG;
    for (String name :
        List.of(
            reset, StreamsConfig.consumerPrefix(reset), StreamsConfig.mainConsumerPrefix(reset))) {
      Object value = config.get(name);
      if (value != null && !value.toString().toLowerCase(Locale.ROOT).equals("earliest")) {
        refusals.add(
            name
                + " is "
                + value
                + ": events that come before the first commit would be lost; it has to be"
                + " earliest");
      }
    }
    for (String name :
        List.of(
            StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
            StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG)) {
      if (String.valueOf(config.get(name)).contains("LogAndContinue")) {
        refusals.add(
            name
                + " goes on after a failure: the decision would be kept, and its effect lost; it"
                + " has to fail");
      }
    }
    if (config.get(RefusedOutputs.key(settings)) == null) {
      refusals.add(
          "what the deduplication's streamsConfig() returns is not in the configuration: an event"
              + " whose effect is too large would stop its partition");
    }
    return refusals;
  }

  /**
   * By the topics.
   *
   * @param partitions of those that are there
   * @param cleanupPolicies of the same
   */
  static List<String> ofTopics(
      DeduplicationSettings settings,
      ReadTopics read,
      Map<String, Integer> partitions,
      Map<String, String> cleanupPolicies) {
    List<String> refusals = new ArrayList<>();
    read.sources().stream()
        .filter(topic -> !partitions.containsKey(topic))
        .forEach(topic -> refusals.add("topic " + topic + " does not exist"));
    Map<String, Integer> events = new TreeMap<>(partitions);
    events.keySet().removeIf(topic -> !read.reads(topic));
    if (events.values().stream().distinct().count() > 1) {
      refusals.add(
          "topics that are read as one stream have different numbers of partitions: "
              + named(events)
              + ". Copies of one event would meet different stores");
    }
    internal(read, events.values(), partitions, refusals);
    letters(settings, cleanupPolicies, refusals);
    replays(settings, read, cleanupPolicies, refusals);
    return refusals;
  }

  private static void internal(
      ReadTopics read,
      Collection<Integer> events,
      Map<String, Integer> partitions,
      List<String> refusals) {
    int most = events.stream().mapToInt(number -> number).max().orElse(0);
    Map<String, Integer> others = new TreeMap<>(partitions);
    others.keySet().retainAll(read.internal());
    others.values().removeIf(number -> number == most);
    if (most > 0 && !others.isEmpty()) {
      refusals.add(
          "the topics of the events have "
              + most
              + " partitions, and what is remembered of them is in others: "
              + named(others)
              + ". Later events of an aggregate would meet a store that does not know it: read"
              + " them under another application.id, from the beginning");
    }
  }

  private static void letters(
      DeduplicationSettings settings, Map<String, String> policies, List<String> refusals) {
    String policy = policies.get(settings.deadLetterTopic());
    if (policy == null) {
      refusals.add("topic " + settings.deadLetterTopic() + " does not exist");
    } else if (policy.contains("compact")) {
      refusals.add(
          "topic "
              + settings.deadLetterTopic()
              + " has cleanup.policy="
              + policy
              + ": of several dead letters with one key only the last would stay");
    }
  }

  private static void replays(
      DeduplicationSettings settings,
      ReadTopics read,
      Map<String, String> policies,
      List<String> refusals) {
    String replays = settings.replayTopic();
    if (replays == null) {
      return;
    }
    if (!read.reads(replays)) {
      refusals.add("topic " + replays + " is that of replays, and the stream does not read it");
      return;
    }
    String policy = policies.get(replays);
    if (policy != null && !policy.equals("compact")) {
      refusals.add(
          "topic "
              + replays
              + " has cleanup.policy="
              + policy
              + ": who reads all from the beginning would miss what was replayed long ago");
    }
  }

  private static String named(Map<String, Integer> partitions) {
    return partitions.entrySet().stream()
        .map(topic -> topic.getKey() + " (" + topic.getValue() + ")")
        .collect(Collectors.joining(", "));
  }
}
