package dev.waybill.console.letters;

import dev.waybill.console.systems.SystemB;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which dead letters; each empty for any. B says what it makes of them.
 *
 * @param reason the name of a reason
 * @param fingerprint of letters with the same cause
 * @param state {@code open}, {@code replayed}, {@code applied} or {@code discarded}
 * @param source where the record is that became the letter
 * @param from the earliest time, ISO 8601
 * @param to the latest
 */
public record LetterQuery(
    String reason,
    String fingerprint,
    String eventId,
    String key,
    String state,
    String source,
    String from,
    String to) {

  /** Any. */
  public static final LetterQuery ANY = new LetterQuery("", "", "", "", "", "", "", "");

  /** The same of this state. */
  public LetterQuery withState(String newState) {
    return new LetterQuery(reason, fingerprint, eventId, key, newState, source, from, to);
  }

  /** The same of this span of time. */
  public LetterQuery between(String first, String last) {
    return new LetterQuery(reason, fingerprint, eventId, key, state, source, first, last);
  }

  /** The path of B that lists them, a page at a time. */
  String path(String after, int limit) {
    Map<String, String> parameters = parameters();
    parameters.put("after", after);
    parameters.put("limit", Integer.toString(limit));
    return SystemB.path("/dead-letters", parameters);
  }

  /** The path of B that groups them. */
  String groups() {
    return SystemB.path("/dead-letters/groups", parameters());
  }

  private Map<String, String> parameters() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("reason", reason);
    all.put("fingerprint", fingerprint);
    all.put("eventId", eventId);
    all.put("key", key);
    all.put("state", state);
    all.put("source", source);
    all.put("from", from);
    all.put("to", to);
    return all;
  }
}
