package dev.waybill.console.letters;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A dead letter, as B's index has it; what is absent there is empty.
 *
 * @param place where the letter is
 * @param source where the record is that became it
 * @param whole whether it has all of that record
 */
public record KnownLetter(
    String place,
    String eventId,
    String key,
    String reason,
    String detail,
    String fingerprint,
    String source,
    String at,
    String state,
    String stateAt,
    int replays,
    String lastReplayedAt,
    String discardedBy,
    String discardReason,
    boolean whole) {

  static KnownLetter of(JsonNode json) {
    return new KnownLetter(
        json.path("place").asText(),
        json.path("eventId").asText(),
        json.path("key").asText(),
        json.path("reason").asText(),
        json.path("detail").asText(),
        json.path("fingerprint").asText(),
        json.path("source").asText(),
        json.path("at").asText(),
        json.path("state").asText(),
        json.path("stateAt").asText(),
        json.path("replays").asInt(),
        json.path("lastReplayedAt").asText(),
        json.path("discardedBy").asText(),
        json.path("discardReason").asText(),
        json.path("whole").asBoolean(true));
  }

  /** Why an unchanged replay is of no use; empty when it may be. */
  String notReplayable() {
    if (!whole) {
      return "the letter is not whole";
    }
    if (reason.equals("EXPIRED")) {
      return "its event may have taken effect";
    }
    return eventId.isEmpty() || reason.equals("INVALID_ID") || reason.equals("MISSING_KEY")
        ? "it has no id or key that can be used"
        : "";
  }
}
