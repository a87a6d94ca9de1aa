package dev.waybill.relay.cursor;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The topic that a lane's events went to, as it was then.
 *
 * @param id Kafka's, which no other topic has, not even a later one of the same name
 * @param partitions over which the aggregates were spread
 */
public record PublishedTopic(String name, String id, int partitions) {
  public PublishedTopic {
    Objects.requireNonNull(name, "a topic needs a name");
    Objects.requireNonNull(id, "a topic needs an id");
  }

  /** In which way another topic, or the same one later, is not this one, with what to do. */
  public Optional<String> differenceTo(PublishedTopic now) {
    @Nullable String difference = null;
    if (!name.equals(now.name)) {
      difference = "the cursors are of topic %s, not of %s".formatted(name, now.name);
    } else if (!id.equals(now.id)) {
      difference = "topic %s was deleted and made again".formatted(name);
    } else if (partitions != now.partitions) {
      difference =
          "topic %s had %s partitions and has %s, where aggregates would change their partition"
              .formatted(name, partitions, now.partitions);
    }
    return Optional.ofNullable(difference)
        .map(text -> text + ": begin with new topics for events and cursors (docs/relay.md)");
  }
}
