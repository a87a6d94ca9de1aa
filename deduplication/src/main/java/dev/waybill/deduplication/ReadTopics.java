package dev.waybill.deduplication;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Subtopology;

/**
 * The topics of the tasks that a deduplication is in.
 *
 * @param sources that they read, by name
 * @param patterns that they read, by pattern
 * @param internal the topics of Kafka Streams' own that they have: changelogs of the two stores,
 *     and what they read that the topology itself writes
 */
record ReadTopics(Set<String> sources, Set<Pattern> patterns, Set<String> internal) {

  /**
   * Finds them.
   *
   * @throws IllegalArgumentException when the deduplication is not in the topology
   */
  static ReadTopics of(DeduplicationSettings settings, Topology topology, String applicationId) {
    TopologyDescription description = topology.describe();
    Subtopology tasks =
        description.subtopologies().stream()
            .filter(part -> has(part, settings.idStore()))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no deduplication " + settings.name() + " in the topology"));
    Set<String> written =
        description.subtopologies().stream()
            .flatMap(part -> part.nodes().stream())
            .filter(TopologyDescription.Sink.class::isInstance)
            .map(sink -> String.valueOf(((TopologyDescription.Sink) sink).topic()))
            .collect(Collectors.toSet());
    Set<String> sources = new TreeSet<>();
    Set<Pattern> patterns = new HashSet<>();
    Set<String> internal = new TreeSet<>();
    for (String store : Set.of(settings.idStore(), settings.versionStore())) {
      internal.add(applicationId + "-" + store + "-changelog");
    }
    for (TopologyDescription.Node node : tasks.nodes()) {
      if (node instanceof TopologyDescription.Source source) {
        if (source.topicPattern() != null) {
          patterns.add(source.topicPattern());
        } else {
          for (String topic : source.topicSet()) {
            if (written.contains(topic)) {
              internal.add(applicationId + "-" + topic);
            } else {
              sources.add(topic);
            }
          }
        }
      }
    }
    return new ReadTopics(sources, patterns, internal);
  }

  private static boolean has(Subtopology part, String store) {
    return part.nodes().stream()
        .anyMatch(
            node ->
                node instanceof TopologyDescription.Processor processor
                    && processor.stores().contains(store));
  }

  /** Whether a topic is read that is not Kafka Streams' own. */
  boolean reads(String topic) {
    return sources.contains(topic)
        || patterns.stream().anyMatch(pattern -> pattern.matcher(topic).matches());
  }
}
