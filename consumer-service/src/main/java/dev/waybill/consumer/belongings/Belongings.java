package dev.waybill.consumer.belongings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.jspecify.annotations.Nullable;

/**
 * What is B's, by name. Names of internal topics are those that Kafka Streams makes.
 *
 * @param applicationId which is the group's name, too
 * @param events the topic of the events
 * @param sources every topic that the group reads
 * @param changelogs of the stores that every B has had
 * @param remembering by topic that the group reads, the changelog of what it remembers of that
 *     topic's records
 * @param stateDirectory of this instance
 * @param streamsProtocol whether B was told to use Kafka's own protocol for streams (KIP-1071)
 */
public record Belongings(
    String applicationId,
    String events,
    Set<String> sources,
    List<String> changelogs,
    Map<String, String> remembering,
    Path stateDirectory,
    boolean streamsProtocol) {

  /** The parts of a topology that B has had from its first version on. */
  public record Stores(String versions, String customers, String deltas, List<String> others) {}

  /**
   * Takes the names from the topology.
   *
   * @param stores by their names in the topology
   * @param stateDirectory of all applications
   */
  public static Belongings of(
      String applicationId,
      String events,
      Topology topology,
      Stores stores,
      Path stateDirectory,
      boolean streamsProtocol) {
    String deltas = applicationId + "-" + stores.deltas() + "-repartition";
    List<String> changelogs = new ArrayList<>();
    changelogs.add(changelog(applicationId, stores.versions()));
    changelogs.add(changelog(applicationId, stores.customers()));
    stores.others().forEach(other -> changelogs.add(changelog(applicationId, other)));
    return new Belongings(
        applicationId,
        events,
        sources(applicationId, topology),
        List.copyOf(changelogs),
        Map.of(events, changelogs.get(0), deltas, changelogs.get(1)),
        stateDirectory.resolve(applicationId),
        streamsProtocol);
  }

  private static String changelog(String applicationId, String store) {
    return applicationId + "-" + store + "-changelog";
  }

  /** What the topology writes and reads again is an internal topic. */
  private static Set<String> sources(String applicationId, Topology topology) {
    List<TopologyDescription.Node> nodes =
        topology.describe().subtopologies().stream()
            .flatMap(part -> part.nodes().stream())
            .toList();
    Set<@Nullable String> written =
        nodes.stream()
            .filter(TopologyDescription.Sink.class::isInstance)
            .map(sink -> ((TopologyDescription.Sink) sink).topic())
            .collect(Collectors.toSet());
    return nodes.stream()
        .filter(TopologyDescription.Source.class::isInstance)
        .flatMap(source -> ((TopologyDescription.Source) source).topicSet().stream())
        .map(topic -> written.contains(topic) ? applicationId + "-" + topic : topic)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The topics that Kafka Streams made for every B. */
  public List<String> internalTopics() {
    return Stream.concat(changelogs.stream(), remembering.keySet().stream())
        .filter(topic -> !topic.equals(events))
        .toList();
  }

  /** These, and the topic of the events. */
  List<String> topics() {
    return Stream.concat(Stream.of(events), internalTopics().stream()).toList();
  }

  /** Whether this instance has stores on its disk. */
  boolean hasLocalStores() {
    if (!Files.isDirectory(stateDirectory)) {
      return false;
    }
    try (Stream<Path> tasks = Files.list(stateDirectory)) {
      return tasks.anyMatch(task -> Files.isDirectory(task.resolve("rocksdb")));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
