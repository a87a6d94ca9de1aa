package dev.waybill.runtime.topics;

import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;

/** A topic that is there: its partitions and everything that it is set to. */
public record FoundTopic(TopicDescription description, Config config) {

  public String name() {
    return description.name();
  }

  public int partitions() {
    return description.partitions().size();
  }

  /** The smallest number of replicas that a partition has; 0 without partitions. */
  public int replicas() {
    return description.partitions().stream()
        .mapToInt(partition -> partition.replicas().size())
        .min()
        .orElse(0);
  }

  /** The value of a setting that every topic has, its own or the broker's default. */
  public String value(String key) {
    return String.valueOf(config.get(key).value());
  }

  /**
   * The value of a setting that is a whole number.
   *
   * @throws NumberFormatException when it is none
   */
  public long number(String key) {
    return Long.parseLong(value(key));
  }

  /** The end of a message about this topic: a blank, and the command that gives it the value. */
  public String remedy(String key, String value) {
    return " put it right with kafka-configs.sh --alter --entity-type topics --entity-name "
        + name()
        + " --add-config "
        + key
        + "="
        + value;
  }
}
