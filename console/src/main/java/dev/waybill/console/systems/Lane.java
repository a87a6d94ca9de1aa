package dev.waybill.console.systems;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One lane, as the relay that owns it tells.
 *
 * @param relay its address
 * @param published events since its relay began
 * @param stuck why it does not move, in words; null when it does
 * @param quarantined events that a person let pass
 */
public record Lane(
    int number,
    String relay,
    Cursor cursor,
    double lagSeconds,
    long published,
    @Nullable String stuck,
    List<Waiting> waiting,
    List<String> quarantined) {

  /**
   * How far it has published.
   *
   * @param readAt when its snapshot was taken; empty before the first
   * @param windowUpTo what an open window reaches to, as far as {@code windowAfterSeq}
   */
  public record Cursor(
      String snapshot, String readAt, @Nullable String windowUpTo, long windowAfterSeq) {

    /** Whether a row is behind it. */
    public boolean isPast(OutboxEvent row) {
      if (!snapshot.isEmpty() && Snapshot.parse(snapshot).shows(row.xid())) {
        return true;
      }
      return windowUpTo != null
          && row.seq() <= windowAfterSeq
          && Snapshot.parse(windowUpTo).shows(row.xid());
    }
  }

  /**
   * An aggregate whose events wait behind one that was refused.
   *
   * @param reason the cause in words
   */
  public record Waiting(
      String aggregateId, String eventId, String since, String cause, String reason) {}

  static Lane of(String relay, JsonNode json) {
    JsonNode cursor = json.path("cursor");
    List<Waiting> waiting = new ArrayList<>();
    for (JsonNode one : json.path("waiting")) {
      waiting.add(
          new Waiting(
              one.path("aggregateId").asText(),
              one.path("eventId").asText(),
              one.path("since").asText(),
              one.path("cause").asText(),
              one.path("reason").asText()));
    }
    List<String> quarantined = new ArrayList<>();
    json.path("quarantined").forEach(one -> quarantined.add(one.asText()));
    return new Lane(
        json.path("lane").asInt(),
        relay,
        new Cursor(
            cursor.path("snapshot").asText(),
            cursor.path("readAt").asText(),
            cursor.hasNonNull("windowUpTo") ? cursor.path("windowUpTo").asText() : null,
            cursor.path("afterSeq").asLong()),
        json.path("lagSeconds").asDouble(),
        json.path("published").asLong(),
        json.hasNonNull("stuck") ? json.path("stuck").asText() : null,
        List.copyOf(waiting),
        List.copyOf(quarantined));
  }

  /** The aggregate's own trouble; empty when it has none. */
  public Optional<Waiting> waitsFor(String aggregateId) {
    return waiting.stream().filter(one -> one.aggregateId().equals(aggregateId)).findFirst();
  }
}
