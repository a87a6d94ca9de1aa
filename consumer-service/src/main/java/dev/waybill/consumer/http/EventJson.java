package dev.waybill.consumer.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.deduplication.Reason;
import dev.waybill.deduplication.RememberedEvent;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of an event, as it is shown.
 *
 * @param status {@code applied} or {@code dead-lettered}
 * @param reason why it is a dead letter; absent when it was applied
 * @param offset of the record that was applied, or became the dead letter
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EventJson(
    UUID eventId,
    String status,
    @Nullable Reason reason,
    long version,
    String topic,
    int partition,
    long offset,
    Instant at,
    int duplicatesDropped) {
  private static final String APPLIED = "applied";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The topic of the events, and that of the replays. */
  record Topics(String events, String replays) {
    EventJson shown(UUID eventId, RememberedEvent event) {
      return of(eventId, event, event.replay() ? replays : events);
    }
  }

  static EventJson of(UUID eventId, RememberedEvent event, String topic) {
    return new EventJson(
        eventId,
        event.applied() ? APPLIED : "dead-lettered",
        event.reason(),
        event.version(),
        topic,
        event.partition(),
        event.offset(),
        event.at(),
        event.duplicates());
  }

  @JsonIgnore
  boolean isApplied() {
    return status.equals(APPLIED);
  }

  /** The same of one that another instance has shown. */
  static boolean isApplied(String json) {
    try {
      return JSON.readTree(json).path("status").asText().equals(APPLIED);
    } catch (JsonProcessingException noJson) {
      return false;
    }
  }
}
