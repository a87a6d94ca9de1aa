package dev.waybill.consumer.belongings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.Topology;

/**
 * What is B's, by name. Names of internal topics are those that Kafka Streams makes.
 *
 * @param applicationId which is the group's name, too
 * @param events the topic of the events
 * @param sources every topic that the group reads
 * @param internal every internal topic
 * @param outputs every other topic that it writes to
 * @param required those of them that every B has had, from the first version on
 * @param remembering by topic that the group reads, the changelog of what it remembers of that
 *     topic's records
 * @param stateDirectory of this instance
 * @param streamsProtocol whether B was told to use Kafka's own protocol for streams (KIP-1071)
 */
public record Belongings(
    String applicationId,
    String events,
    Set<String> sources,
    Set<String> internal,
    Set<String> outputs,
    List<String> required,
    Map<String, String> remembering,
    Path stateDirectory,
    boolean streamsProtocol) {

  /**
   * What B has had from its first version on, by the names in the topology.
   *
   * @param versions the store that remembers events
   * @param customers the store that remembers deltas
   * @param deltas what the deltas' internal topic is called
   * @param others its other stores
   */
  public record Stores(String versions, String customers, String deltas, List<String> others) {}

  /**
   * Takes the names from the topology.
   *
   * @param stateDirectory of all applications
   */
  public static Belongings of(
      String applicationId,
      String events,
      Topology topology,
      Stores stores,
      Path stateDirectory,
      boolean streamsProtocol) {
    TopologyTopics topics = new TopologyTopics(applicationId, topology);
    String versions = topics.changelog(stores.versions());
    String customers = topics.changelog(stores.customers());
    String deltas = applicationId + "-" + stores.deltas() + "-repartition";
    return new Belongings(
        applicationId,
        events,
        topics.sources(),
        topics.internal(),
        topics.outputs(),
        Stream.concat(
                Stream.of(versions, customers, deltas),
                stores.others().stream().map(topics::changelog))
            .toList(),
        Map.of(events, versions, deltas, customers),
        stateDirectory.resolve(applicationId),
        streamsProtocol);
  }

  /** All topics. */
  Set<String> topics() {
    return Stream.of(sources, internal, outputs)
        .flatMap(Set::stream)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What its transactions write to. */
  public Set<String> written() {
    return Stream.of(internal, outputs)
        .flatMap(Set::stream)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** B's own but for the internal ones: it makes them where they are not there. */
  Set<String> others() {
    return topics().stream()
        .filter(topic -> !topic.equals(events) && !internal.contains(topic))
        .collect(Collectors.toUnmodifiableSet());
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
