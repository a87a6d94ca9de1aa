package dev.waybill.deduplication;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.apache.kafka.streams.TopologyDescription.Subtopology;

/** The topics of the tasks that a deduplication is in, under the names that the broker knows. */
final class ReadTopics {
  private final DeduplicationSettings settings;
  private final String prefix;
  private final Set<String> present;

  /** What the topology writes, under the topology's names. */
  private final Set<String> written;

  /** What the deduplication's tasks write, and no part of the topology reads. */
  private final Set<String> outputs;

  private final Collection<Source> tasks;
  private final Collection<Source> stream;

  /**
   * Finds them.
   *
   * @param present the topics that there are
   * @throws IllegalArgumentException when the deduplication is not in the topology
   */
  ReadTopics(
      DeduplicationSettings settings,
      Topology topology,
      String applicationId,
      Set<String> present) {
    this.settings = settings;
    this.prefix = applicationId + "-";
    this.present = present;
    Collection<Subtopology> all = topology.describe().subtopologies();
    this.written = written(all.stream());
    Node deduplication =
        all.stream()
            .flatMap(part -> part.nodes().stream())
            .filter(node -> node.name().equals(settings.name() + Nodes.DEDUPLICATION))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no deduplication " + settings.name() + " in the topology"));
    this.tasks =
        all.stream()
            .filter(part -> part.nodes().contains(deduplication))
            .flatMap(part -> of(Source.class, part.nodes()))
            .toList();
    this.outputs = written(all.stream().filter(part -> part.nodes().contains(deduplication)));
    all.stream()
        .flatMap(part -> of(Source.class, part.nodes()))
        .flatMap(source -> Stream.ofNullable(source.topicSet()))
        .forEach(outputs::removeAll);
    Set<Node> before = new HashSet<>();
    addWithPredecessors(deduplication, before);
    this.stream = of(Source.class, before).toList();
  }

  private static Set<String> written(Stream<Subtopology> parts) {
    return parts
        .flatMap(part -> of(Sink.class, part.nodes()))
        .flatMap(sink -> Stream.ofNullable(sink.topic()))
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static <T> Stream<T> of(Class<T> kind, Collection<Node> nodes) {
    return nodes.stream().filter(kind::isInstance).map(kind::cast);
  }

  private static void addWithPredecessors(Node node, Set<Node> found) {
    if (found.add(node)) {
      node.predecessors().forEach(before -> addWithPredecessors(before, found));
    }
  }

  /** What the deduplication itself reads. */
  Set<String> stream() {
    return names(stream);
  }

  /** What its tasks read: that, and what is joined with it, or merged behind it. */
  Set<String> tasks() {
    return names(tasks);
  }

  /** Where its two stores are kept. */
  List<String> changelogs() {
    return Stream.of(settings.idStore(), settings.versionStore())
        .map(store -> prefix + store + "-changelog")
        .toList();
  }

  /**
   * Those that its tasks read or write, that are not there, and that Kafka Streams will not make.
   */
  Set<String> missing() {
    Set<String> missing = new TreeSet<>(outputs);
    missing.removeAll(present);
    for (Source source : tasks) {
      topics(source)
          .filter(topic -> !present.contains(topic) && !isInternal(topic))
          .forEach(missing::add);
    }
    return missing;
  }

  /** Whether the deduplication reads a topic of this name, if there is one. */
  boolean reads(String topic) {
    return stream().contains(topic)
        || stream.stream()
            .map(Source::topicPattern)
            .anyMatch(pattern -> pattern != null && pattern.matcher(topic).matches());
  }

  private Set<String> names(Collection<Source> sources) {
    return sources.stream()
        .flatMap(this::topics)
        .map(topic -> isInternal(topic) ? prefix + topic : topic)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Stream<String> topics(Source source) {
    Pattern pattern = source.topicPattern();
    return pattern == null
        ? source.topicSet().stream()
        : present.stream().filter(topic -> pattern.matcher(topic).matches());
  }

  /**
   * What the topology reads and writes may be a topic that Kafka Streams makes, which the
   * description does not say, or one of this very name, which is there.
   */
  private boolean isInternal(String topic) {
    return written.contains(topic)
        && !settings.topics().contains(topic)
        && (!present.contains(topic) || present.contains(prefix + topic));
  }
}
