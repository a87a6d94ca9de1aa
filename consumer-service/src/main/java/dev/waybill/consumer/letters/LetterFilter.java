package dev.waybill.consumer.letters;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which letters: those of which everything holds that is not null.
 *
 * @param key its first {@value Letter#LONGEST_KEY} characters count
 * @param from the letter is not older
 * @param to the letter is older
 */
record LetterFilter(
    @Nullable String reason,
    @Nullable String fingerprint,
    @Nullable UUID eventId,
    @Nullable String key,
    @Nullable State state,
    @Nullable String source,
    @Nullable Instant from,
    @Nullable Instant to) {

  boolean takes(Letter letter, Standing standing) {
    return isOrAny(reason, letter.reason())
        && isOrAny(fingerprint, letter.fingerprint())
        && isOrAny(eventId, letter.eventId())
        && isOrAny(key == null ? null : Texts.cut(key, Letter.LONGEST_KEY), letter.key())
        && isOrAny(state, standing.state())
        && isOrAny(source, letter.source())
        && (from == null || !letter.at().isBefore(from))
        && (to == null || letter.at().isBefore(to));
  }

  private static boolean isOrAny(@Nullable Object wanted, @Nullable Object found) {
    return wanted == null || wanted.equals(found);
  }
}
