package dev.waybill.consumer.belongings;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * The topics that B started on, held against what is there now. Of one thread.
 *
 * <p>When partitions are added, B goes on with those that it has where that is right: with a
 * multiple of them, whatever comes in an old partition belongs there. Otherwise orders move among
 * old partitions, to stores that do not know them.
 */
final class Standing {
  private final Belongings own;
  private final int partitions;
  private final Map<String, Uuid> known = new HashMap<>();

  /**
   * What is wrong.
   *
   * @param fatal whether B must not go on
   */
  record Trouble(boolean fatal, String what) {}

  /**
   * Has seen no topic yet.
   *
   * @param partitions of the topic of the events when B started
   */
  Standing(Belongings own, int partitions) {
    this.own = own;
    this.partitions = partitions;
  }

  /**
   * What is wrong; empty when nothing is.
   *
   * @param topics that are there now, of {@link Belongings#topics()}
   * @param committed whether B had committed something before these were looked at, which it cannot
   *     without its internal topics
   */
  Optional<Trouble> judge(Map<String, TopicDescription> topics, boolean committed) {
    for (String internal : own.internal()) {
      boolean gone = committed && isMissing(internal, topics);
      if (gone || isAnother(internal, topics.get(internal))) {
        return fatal(
            "internal topic "
                + internal
                + " was deleted while B was running, and what B keeps there is gone. "
                + Pages.BUILD_ANEW);
      }
    }
    TopicDescription events = topics.get(own.events());
    if (events == null) {
      return Optional.of(new Trouble(false, "topic " + own.events() + " is not there any more"));
    }
    if (isAnother(own.events(), events)) {
      return fatal(
          "topic "
              + own.events()
              + " was deleted and made again: B begins at its first record when it is restarted");
    }
    return own.others().stream()
        .flatMap(other -> other(other, topics.get(other)).stream())
        .findFirst()
        .or(() -> grown(events.partitions().size()));
  }

  private Optional<Trouble> other(String name, @Nullable TopicDescription topic) {
    if (isAnother(name, topic)) {
      return fatal(
          "topic " + name + " was deleted while B was running; B makes it again at its start");
    }
    int now = topic == null ? partitions : topic.partitions().size();
    return now == partitions || !own.sources().contains(name)
        ? Optional.empty()
        : fatal(
            "topic %s has %s partitions and had %s when B started, as the topic of the events: %s"
                .formatted(name, now, partitions, Pages.MORE_REPLAY_PARTITIONS));
  }

  private boolean isMissing(String internal, Map<String, TopicDescription> topics) {
    return own.required().contains(internal) && !topics.containsKey(internal);
  }

  private Optional<Trouble> grown(int now) {
    if (now == partitions) {
      return Optional.empty();
    }
    boolean fatal = now < partitions || now % partitions != 0;
    return Optional.of(
        new Trouble(
            fatal,
            "topic "
                + own.events()
                + " has "
                + now
                + " partitions and had "
                + partitions
                + " when B started; B's stores are for those. "
                + (fatal
                    ? "Orders move among them, so that B cannot go on. "
                    : "B applies what is in those, and nothing of the others. ")
                + "Do not reset B, whatever Kafka Streams advises: "
                + Pages.MORE_PARTITIONS));
  }

  /** Whether it is another one than was seen under this name, or was seen and is gone. */
  private boolean isAnother(String name, @Nullable TopicDescription topic) {
    Uuid before = known.get(name);
    if (before == null && topic != null) {
      known.put(name, topic.topicId());
    }
    return before != null && (topic == null || !topic.topicId().equals(before));
  }

  private static Optional<Trouble> fatal(String what) {
    return Optional.of(new Trouble(true, what));
  }
}
