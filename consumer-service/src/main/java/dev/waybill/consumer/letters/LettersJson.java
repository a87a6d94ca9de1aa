package dev.waybill.consumer.letters;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of letters, as it is shown.
 *
 * @param next what to give as {@code after} for the next page; absent when this is the last
 * @param truncated whether there are older letters that B does not keep in memory
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LettersJson(List<LetterJson> deadLetters, @Nullable String next, boolean truncated) {

  /** A letter, and what became of it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record LetterJson(
      String place,
      @Nullable UUID eventId,
      @Nullable String key,
      String reason,
      String detail,
      String fingerprint,
      String source,
      Instant at,
      State state,
      Instant stateAt,
      int replays,
      @Nullable Instant lastReplayedAt,
      @Nullable String discardedBy,
      @Nullable String discardReason,
      boolean whole) {

    static LetterJson of(LetterIndex.Entry entry) {
      Letter letter = entry.letter();
      Standing standing = entry.standing();
      return new LetterJson(
          letter.place().toString(),
          letter.eventId(),
          letter.key(),
          letter.reason(),
          letter.detail(),
          letter.fingerprint(),
          letter.source(),
          letter.at(),
          standing.state(),
          standing.at(),
          standing.replays(),
          standing.lastReplayedAt(),
          standing.discardedBy(),
          standing.discardReason(),
          letter.whole());
    }
  }

  /** Letters in groups, as they are shown. */
  record GroupsJson(List<LetterGroup> groups, boolean truncated) {}

  static LettersJson of(LetterIndex.Page page) {
    return new LettersJson(
        page.entries().stream().map(LetterJson::of).toList(),
        page.next() == null ? null : page.next().toString(),
        page.truncated());
  }
}
