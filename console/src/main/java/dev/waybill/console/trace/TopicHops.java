package dev.waybill.console.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waybill.console.systems.OutboxEvent;
import dev.waybill.console.systems.SystemB;
import dev.waybill.console.systems.Topics;
import dev.waybill.deduplication.Placement;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/** What Kafka tells of an event that B does not know (any more). */
final class TopicHops {
  private static final String ID = "ce_id";

  /** What the clocks of A and the broker may differ by. */
  private static final Duration CLOCKS = Duration.ofSeconds(5);

  private final Topics topics;
  private final SystemB b;
  private final String topic;
  private final String group;
  private final OutboxEvent row;
  private final Supplier<Integer> partition;
  private final Supplier<OptionalLong> offset;

  TopicHops(Topics topics, SystemB b, String topic, String group, OutboxEvent row) {
    this.topics = topics;
    this.b = b;
    this.topic = topic;
    this.group = group;
    this.row = row;
    this.partition = new Once<>(this::partitionOfKey);
    this.offset = new Once<>(this::find);
  }

  private int partitionOfKey() {
    int count = topics.partitions(topic);
    return count == 0 ? -1 : Placement.murmur2(row.aggregateId().getBytes(UTF_8), count);
  }

  private OptionalLong find() {
    return topics.find(
        topic, partition.get(), ID, row.eventId().toString(), row.occurredAt().minus(CLOCKS));
  }

  /** Where its record is. */
  Hop topic() {
    if (partition.get() < 0) {
      return Hop.of("topic", State.ABSENT, "there is no topic " + topic);
    }
    OptionalLong found = offset.get();
    return Hop.of(
        "topic",
        State.DONE,
        found.isPresent()
            ? "%s-%s@%s".formatted(topic, partition.get(), found.getAsLong())
            : "partition %s of %s; at which offset, B will tell".formatted(partition.get(), topic));
  }

  /** Whether B has come to it. */
  Hop reading() {
    OptionalLong committed = topics.committed(group, topic, partition.get());
    OptionalLong found = offset.get();
    if (found.isPresent() && (committed.isEmpty() || committed.getAsLong() <= found.getAsLong())) {
      return new Hop(
          "decided",
          State.WAITING,
          "B has read its partition up to "
              + (committed.isEmpty() ? "nothing" : committed.getAsLong()),
          row.occurredAt());
    }
    return versions(b.aggregate(row.aggregateId()));
  }

  private Hop versions(Optional<JsonNode> aggregate) {
    if (aggregate.isEmpty()) {
      return new Hop("decided", State.WAITING, "B has nothing of its aggregate", row.occurredAt());
    }
    long last = aggregate.get().path("lastVersion").asLong();
    boolean outstanding =
        StreamSupport.stream(aggregate.get().path("outstanding").spliterator(), false)
            .anyMatch(version -> version.asLong() == row.version());
    if (last < row.version()) {
      return new Hop(
          "decided", State.WAITING, "B has its aggregate at version " + last, row.occurredAt());
    }
    return outstanding
        ? Hop.of("decided", State.DIVERGED, "B went past version " + row.version() + " without it")
        : Hop.of(
            "decided", State.DONE, "B applied version " + row.version() + ", and forgot its id");
  }
}
