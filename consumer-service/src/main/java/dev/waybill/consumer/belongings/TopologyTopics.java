package dev.waybill.consumer.belongings;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.jspecify.annotations.Nullable;

/** Which topics a topology has, by the names that Kafka Streams gives them. */
final class TopologyTopics {
  private final String applicationId;
  private final List<TopologyDescription.Node> nodes;

  TopologyTopics(String applicationId, Topology topology) {
    this.applicationId = applicationId;
    this.nodes =
        topology.describe().subtopologies().stream()
            .flatMap(part -> part.nodes().stream())
            .toList();
  }

  /** Those that the group reads. */
  Set<String> sources() {
    return read().stream()
        .map(topic -> written().contains(topic) ? internal(topic) : topic)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Changelogs of stores, and topics that the topology writes and reads again. */
  Set<String> internal() {
    Set<String> internal = new TreeSet<>();
    read().stream().filter(written()::contains).map(this::internal).forEach(internal::add);
    for (TopologyDescription.Node node : nodes) {
      if (node instanceof TopologyDescription.Processor processor) {
        processor.stores().stream().map(this::changelog).forEach(internal::add);
      }
    }
    return internal;
  }

  /** Those that it only writes to. */
  Set<String> outputs() {
    return written().stream()
        .filter(Objects::nonNull)
        .filter(topic -> !read().contains(topic))
        .collect(Collectors.toUnmodifiableSet());
  }

  String changelog(String store) {
    return internal(store + "-changelog");
  }

  private String internal(String name) {
    return applicationId + "-" + name;
  }

  private Set<String> read() {
    return nodes.stream()
        .filter(TopologyDescription.Source.class::isInstance)
        .flatMap(source -> ((TopologyDescription.Source) source).topicSet().stream())
        .collect(Collectors.toSet());
  }

  private Set<@Nullable String> written() {
    return nodes.stream()
        .filter(TopologyDescription.Sink.class::isInstance)
        .map(sink -> ((TopologyDescription.Sink) sink).topic())
        .collect(Collectors.toSet());
  }
}
