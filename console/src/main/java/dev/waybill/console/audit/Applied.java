package dev.waybill.console.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waybill.console.systems.AwayException;
import dev.waybill.console.systems.EventIds;
import dev.waybill.console.systems.SystemB;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** What took effect in B, of all its instances. Of one thread. */
final class Applied {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int IDS = 100;
  private static final int BUCKETS = 64;

  private final SystemB b;
  private final int partitions;

  /**
   * Asks nothing yet.
   *
   * @param partitions of the events' topic: each has to be answered for once
   */
  Applied(SystemB b, int partitions) {
    this.b = b;
    this.partitions = partitions;
  }

  /**
   * The digests of minutes.
   *
   * @throws AwayException when not every partition is answered for, once
   */
  Map<Instant, Digest> minutes(Instant from, Instant to) {
    Map<Instant, Digest> minutes = new HashMap<>();
    for (Instant next = from; next.isBefore(to); ) {
      Instant end =
          next.plus(Duration.ofHours(1)).isBefore(to) ? next.plus(Duration.ofHours(1)) : to;
      for (JsonNode answer : all(Map.of("from", next.toString(), "to", end.toString()))) {
        if (answer.hasNonNull("next")) {
          throw new AwayException("B", "more events in these minutes than it reads at once");
        }
        for (JsonNode one : answer.path("digests")) {
          minutes
              .computeIfAbsent(Instant.parse(one.path("minute").asText()), minute -> new Digest())
              .add(one.path("digest").asText(), one.path("count").asInt());
        }
      }
      next = end;
    }
    return minutes;
  }

  /**
   * The ids of one minute; where it has very many, bucket by bucket.
   *
   * @throws AwayException when not every partition is answered for, once
   */
  Set<UUID> ids(Instant minute) {
    Map<String, String> minuteOnly = minute(minute);
    List<JsonNode> answers = all(minuteOnly);
    if (answers.stream().noneMatch(answer -> answer.path("idsTruncated").asBoolean())) {
      return ids(answers);
    }
    Set<UUID> ids = new HashSet<>();
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      Map<String, String> part = new HashMap<>(minuteOnly);
      part.put("buckets", Integer.toString(BUCKETS));
      part.put("bucket", Integer.toString(bucket));
      ids.addAll(ids(all(part)));
    }
    return ids;
  }

  private static Map<String, String> minute(Instant minute) {
    return Map.of("from", minute.toString(), "to", minute.plus(MINUTE).toString(), "ids", "true");
  }

  private static Set<UUID> ids(List<JsonNode> answers) {
    Set<UUID> ids = new HashSet<>();
    for (JsonNode answer : answers) {
      answer.path("ids").forEach(id -> EventIds.parse(id.asText()).ifPresent(ids::add));
    }
    return ids;
  }

  private List<JsonNode> all(Map<String, String> parameters) {
    String path = SystemB.path("/digests", parameters);
    List<JsonNode> answers =
        b.instances().stream().flatMap(one -> b.of(one.url(), path).stream()).toList();
    Set<Integer> answered = new TreeSet<>();
    int count = 0;
    for (JsonNode answer : answers) {
      for (JsonNode partition : answer.path("partitions")) {
        answered.add(partition.asInt());
        count++;
      }
    }
    if (answered.size() != partitions || count != partitions) {
      throw new AwayException(
          "B", "of %s partitions it answers for %s: they move".formatted(partitions, answered));
    }
    return answers;
  }

  /**
   * What B remembers of events, by id; nothing of those that it does not know.
   *
   * @throws AwayException when it cannot be asked
   */
  Map<String, JsonNode> events(List<UUID> ids) {
    Map<String, JsonNode> known = new HashMap<>();
    for (int from = 0; from < ids.size(); from += IDS) {
      List<String> some =
          ids.subList(from, Math.min(from + IDS, ids.size())).stream().map(UUID::toString).toList();
      b.any("/events?ids=" + String.join(",", some))
          .ifPresent(
              answer ->
                  answer
                      .path("events")
                      .forEach(event -> known.put(event.path("eventId").asText(), event)));
    }
    return known;
  }
}
