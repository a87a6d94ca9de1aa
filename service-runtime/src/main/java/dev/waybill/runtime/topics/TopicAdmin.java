package dev.waybill.runtime.topics;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at topics and creates them. Every method blocks on the broker, and fails with an {@code
 * ExecutionException} whose cause is the broker's or the client's; asking again is harmless.
 */
public final class TopicAdmin {
  private static final Logger log = LoggerFactory.getLogger(TopicAdmin.class);

  private final Admin admin;

  /**
   * Asks nothing yet.
   *
   * @param admin stays the caller's to close
   */
  public TopicAdmin(Admin admin) {
    this.admin = admin;
  }

  /** The topic; empty when there is none. */
  public Optional<FoundTopic> find(String name) throws ExecutionException, InterruptedException {
    TopicDescription description = describe(List.of(name)).get(name);
    return description == null
        ? Optional.empty()
        : Optional.of(new FoundTopic(description, config(name)));
  }

  /** Everything that the topic is set to, the broker's defaults among them. */
  public Config config(String name) throws ExecutionException, InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
    return Objects.requireNonNull(
        admin.describeConfigs(List.of(resource)).all().get().get(resource));
  }

  /**
   * Creates a topic unless it is there, and says in the log which it was.
   *
   * @param replicationFactor 1 or more, or negative for the broker's default
   * @param settings what is not the broker's default
   * @return what the broker says of the new topic; empty when somebody was faster, and the topic is
   *     as they made it
   */
  public Optional<CreateTopicsResult> create(
      String name, int partitions, short replicationFactor, Map<String, String> settings)
      throws ExecutionException, InterruptedException {
    Optional<Short> replicas =
        replicationFactor < 0 ? Optional.empty() : Optional.of(replicationFactor);
    NewTopic topic = new NewTopic(name, Optional.of(partitions), replicas).configs(settings);
    CreateTopicsResult result = admin.createTopics(List.of(topic));
    try {
      result.all().get();
    } catch (ExecutionException failure) {
      if (!(failure.getCause() instanceof TopicExistsException)) {
        throw failure;
      }
      log.info("topic {} was created by another instance", name);
      return Optional.empty();
    }
    log.info("created topic {} with {} partitions", name, partitions);
    return Optional.of(result);
  }

  /**
   * Raises a setting of a topic that is a number of bytes, unless it is as large already, and says
   * so in the log.
   */
  public void raise(String name, String key, long bytes)
      throws ExecutionException, InterruptedException {
    String now = config(name).get(key).value();
    if (Long.parseLong(now) < bytes) {
      ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
      AlterConfigOp set =
          new AlterConfigOp(new ConfigEntry(key, Long.toString(bytes)), AlterConfigOp.OpType.SET);
      admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all().get();
      log.info("raised {} of topic {} from {} to {}", key, name, now, bytes);
    }
  }

  /** Those of the topics that are there, by name. */
  public Map<String, TopicDescription> describe(Collection<String> names)
      throws ExecutionException, InterruptedException {
    Map<String, TopicDescription> found = new HashMap<>();
    for (var answer : admin.describeTopics(names).topicNameValues().entrySet()) {
      try {
        found.put(answer.getKey(), answer.getValue().get());
      } catch (ExecutionException failure) {
        if (!(failure.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw failure;
        }
      }
    }
    return found;
  }

  /** The client, for what is not about topics. */
  public Admin client() {
    return admin;
  }
}
