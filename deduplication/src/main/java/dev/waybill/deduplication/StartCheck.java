package dev.waybill.deduplication;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/**
 * What the promises of a deduplication rest on, and Kafka Streams does not ask for: to be verified
 * before it is started. That a stream of the application's own reads from {@code earliest} cannot
 * be seen where the topology says otherwise ({@code Consumed#withOffsetResetPolicy}).
 */
public final class StartCheck {
  private StartCheck() {}

  /**
   * Holds configuration, topology and topics against what has to be so. Blocks on the broker;
   * changes nothing.
   *
   * @param config that Kafka Streams will be given
   * @throws RefusedStartException naming everything that is wrong
   * @throws ExecutionException when the broker does not answer
   */
  public static void verify(
      DeduplicationSettings settings, Topology topology, Map<?, ?> config, Admin admin)
      throws ExecutionException, InterruptedException {
    List<String> refusals = new ArrayList<>(StartRules.ofConfiguration(settings, config));
    Set<String> present = admin.listTopics().names().get();
    ReadTopics read =
        new ReadTopics(
            settings,
            topology,
            String.valueOf(config.get(StreamsConfig.APPLICATION_ID_CONFIG)),
            present);
    Set<String> asked = new TreeSet<>(read.tasks());
    asked.addAll(read.changelogs());
    asked.addAll(settings.topics());
    asked.add(settings.deadLetterTopic());
    asked.retainAll(present);
    refusals.addAll(
        StartRules.ofTopics(
            settings, read, partitions(admin, asked), cleanupPolicies(admin, asked)));
    if (!refusals.isEmpty()) {
      throw new RefusedStartException(settings.name(), refusals);
    }
  }

  private static Map<String, Integer> partitions(Admin admin, Collection<String> topics)
      throws ExecutionException, InterruptedException {
    Map<String, Integer> partitions = new HashMap<>();
    for (TopicDescription topic : admin.describeTopics(topics).allTopicNames().get().values()) {
      partitions.put(topic.name(), topic.partitions().size());
    }
    return partitions;
  }

  private static Map<String, String> cleanupPolicies(Admin admin, Collection<String> topics)
      throws ExecutionException, InterruptedException {
    List<ConfigResource> resources =
        topics.stream().map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic)).toList();
    Map<String, String> policies = new HashMap<>();
    for (Map.Entry<ConfigResource, Config> found :
        admin.describeConfigs(resources).all().get().entrySet()) {
      ConfigEntry policy = found.getValue().get(TopicConfig.CLEANUP_POLICY_CONFIG);
      policies.put(found.getKey().name(), policy == null ? "" : policy.value());
    }
    return policies;
  }
}
