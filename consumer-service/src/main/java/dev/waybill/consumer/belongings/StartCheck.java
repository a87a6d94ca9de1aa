package dev.waybill.consumer.belongings;

import dev.waybill.runtime.topics.TopicAdmin;
import dev.waybill.runtime.topics.UntilAnswered;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether what is in Kafka under B's name is what a B left behind, or nothing yet; asked before
 * Kafka Streams is started, which would begin anew, or advise to, where B must not.
 */
public final class StartCheck implements UntilAnswered.Question<List<String>> {
  private final Belongings own;
  private final UnusableOffsets unusable;
  private final Map<String, Object> clientConfig;

  /** Asks nothing yet. */
  public StartCheck(Belongings own, UnusableOffsets unusable, Map<String, Object> clientConfig) {
    this.own = own;
    this.unusable = unusable;
    this.clientConfig = clientConfig;
  }

  /**
   * Why B must not start, in words; empty when it may, and then it was said what is unusual. Blocks
   * on the broker; asking again is harmless.
   */
  @Override
  public Optional<List<String>> ask(TopicAdmin topics)
      throws ExecutionException, InterruptedException {
    Admin admin = topics.client();
    Optional<String> stranger = Groups.refusal(admin, own);
    if (stranger.isPresent()) {
      return Optional.of(List.of(stranger.get()));
    }
    List<String> refusals = new ArrayList<>();
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(own.applicationId()).partitionsToOffsetAndMetadata().get();
    GroupRules.refusal(committed.keySet(), own).ifPresent(refusals::add);
    Map<String, Integer> found = partitions(topics);
    int partitions = Objects.requireNonNullElse(found.remove(own.events()), 0);
    refusals.addAll(
        InternalTopicRules.refusals(own, partitions, found, lived(admin, committed, found)));
    if (refusals.isEmpty()) {
      warn(admin, found);
    }
    return Optional.of(refusals);
  }

  private Map<String, Integer> partitions(TopicAdmin topics)
      throws ExecutionException, InterruptedException {
    Map<String, Integer> partitions = new HashMap<>();
    for (TopicDescription topic : topics.describe(own.topics()).values()) {
      partitions.put(topic.name(), topic.partitions().size());
    }
    return partitions;
  }

  /** By what can be told that B has run before; empty when it has not. */
  private String lived(
      Admin admin, Map<TopicPartition, OffsetAndMetadata> committed, Map<String, Integer> found)
      throws ExecutionException, InterruptedException {
    for (String internal : own.required()) {
      if (!written(admin, internal, found).isEmpty()) {
        return internal + " has records";
      }
    }
    if (own.hasLocalStores()) {
      return own.stateDirectory() + " has stores";
    }
    return committed.entrySet().stream()
            .anyMatch(
                at -> own.sources().contains(at.getKey().topic()) && at.getValue().offset() > 0)
        ? "group " + own.applicationId() + " has read some of " + own.events()
        : "";
  }

  private void warn(Admin admin, Map<String, Integer> found)
      throws ExecutionException, InterruptedException {
    for (Map.Entry<String, String> source : own.remembering().entrySet()) {
      Optional<Reading> reading = Reading.look(admin, own.applicationId(), source.getKey());
      if (reading.isPresent()) {
        Map<TopicPartition, Long> written = written(admin, source.getValue(), found);
        unusable.report(reading.get(), remembered(reading.get(), source.getValue(), written));
        if (written.isEmpty()) {
          unusable.reportForgotten(reading.get(), source.getValue());
        }
      }
    }
  }

  /** The partitions without offset of which something is remembered; of others nobody asks. */
  private Set<Integer> remembered(
      Reading reading, String changelog, Map<TopicPartition, Long> written) {
    Set<Integer> remembered = new HashSet<>();
    for (Reading.Position at : reading.positions()) {
      TopicPartition partition = new TopicPartition(changelog, at.partition());
      Long end = written.get(partition);
      if (at.committed() == null && end != null && hasRecord(partition, end)) {
        remembered.add(at.partition());
      }
    }
    return remembered;
  }

  /** Not so when B was killed in its very first transaction. */
  private boolean hasRecord(TopicPartition partition, long end) {
    try (FirstRecord first = new FirstRecord(own.applicationId() + "-start", clientConfig)) {
      return first.between(partition, 0, end).isPresent();
    }
  }

  /** The ends of a topic's partitions in which something is. */
  private static Map<TopicPartition, Long> written(
      Admin admin, String topic, Map<String, Integer> found)
      throws ExecutionException, InterruptedException {
    List<TopicPartition> partitions =
        IntStream.range(0, found.getOrDefault(topic, 0))
            .mapToObj(number -> new TopicPartition(topic, number))
            .toList();
    Map<TopicPartition, Long> ends = Reading.offsets(admin, partitions, OffsetSpec.latest());
    ends.values().removeIf(end -> end == 0);
    return ends;
  }
}
