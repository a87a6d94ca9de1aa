package dev.waybill.deduplication;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** When a topology with a deduplication must not start. */
final class StartRules {
  private static final String PROCESSING_HANDLER =
      StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG;
  private static final String DESERIALIZATION_HANDLER =
      StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG;

  @SuppressWarnings("deprecation") // Kafka Streams reads it
  private static final String OLD_DESERIALIZATION_HANDLER =
      StreamsConfig.DEFAULT_DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG;

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
                + ": where a stream does not say otherwise itself, events that come before the first"
                + " commit would be lost; it has to be earliest");
      }
    }
    for (String name : List.of(PROCESSING_HANDLER, deserializationHandler(config))) {
      if (String.valueOf(config.get(name)).contains("LogAndContinue")) {
        refusals.add(
            name
                + " goes on after a failure: events would be lost, or the effects of decisions that"
                + " are kept; it has to fail");
      }
    }
    if (config.get(RefusedOutputs.key(settings)) == null) {
      refusals.add(
          "what the deduplication's streamsConfig() returns is not in the configuration: an event"
              + " whose effect is too large would stop its partition");
    }
    return refusals;
  }

  /** Of the two names the one that counts. */
  private static String deserializationHandler(Map<?, ?> config) {
    return config.containsKey(DESERIALIZATION_HANDLER)
        ? DESERIALIZATION_HANDLER
        : OLD_DESERIALIZATION_HANDLER;
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
    Set<String> missing = new TreeSet<>(read.missing());
    missing.add(settings.deadLetterTopic());
    String replays = settings.replayTopic();
    if (replays != null) {
      missing.add(replays);
    }
    missing.removeAll(partitions.keySet());
    missing.forEach(topic -> refusals.add("topic " + topic + " does not exist"));
    Map<String, Integer> stream = those(read.stream(), partitions);
    if (new HashSet<>(stream.values()).size() > 1) {
      refusals.add(
          "topics that are read as one stream have different numbers of partitions: "
              + named(stream)
              + ". Copies of one event would meet different stores");
    }
    changelogs(read, partitions, refusals);
    letters(settings, cleanupPolicies, refusals);
    replays(settings, read, cleanupPolicies, refusals);
    return refusals;
  }

  /** There is a task for each partition of the topic that has most of them. */
  private static void changelogs(
      ReadTopics read, Map<String, Integer> partitions, List<String> refusals) {
    Map<String, Integer> tasks = those(read.tasks(), partitions);
    if (tasks.isEmpty() || tasks.size() < read.tasks().size()) {
      return;
    }
    int most = Collections.max(tasks.values());
    Map<String, Integer> others = those(read.changelogs(), partitions);
    others.values().removeIf(number -> number == most);
    tasks.values().removeIf(number -> number != most);
    if (!others.isEmpty()) {
      refusals.add(
          "what is read has "
              + most
              + " partitions by now, "
              + named(tasks)
              + ", and what is remembered is in others: "
              + named(others)
              + ". Kafka Streams takes no such stores, and later events of an aggregate may have"
              + " moved away from them: read under another application.id, from the beginning");
    }
  }

  private static void letters(
      DeduplicationSettings settings, Map<String, String> policies, List<String> refusals) {
    String policy = policies.getOrDefault(settings.deadLetterTopic(), "");
    if (policy.contains("compact")) {
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

  private static Map<String, Integer> those(
      Collection<String> topics, Map<String, Integer> partitions) {
    Map<String, Integer> those = new TreeMap<>(partitions);
    those.keySet().retainAll(topics);
    return those;
  }

  private static String named(Map<String, Integer> partitions) {
    return partitions.entrySet().stream()
        .map(topic -> topic.getKey() + " (" + topic.getValue() + ")")
        .collect(Collectors.joining(", "));
  }
}
