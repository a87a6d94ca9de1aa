package dev.waybill.consumer.letters;

import java.time.Instant;

/**
 * Letters of one cause, as far as can be told.
 *
 * @param detail of the newest
 * @param count how many
 * @param open how many of them took no effect and are not discarded
 */
record LetterGroup(
    String reason,
    String fingerprint,
    String detail,
    int count,
    int open,
    Instant oldest,
    Instant newest) {

  static LetterGroup of(LetterIndex.Entry entry) {
    Letter letter = entry.letter();
    int open = entry.standing().state().isUnsettled() ? 1 : 0;
    return new LetterGroup(
        letter.reason(), letter.fingerprint(), letter.detail(), 1, open, letter.at(), letter.at());
  }

  /** With one of older letters. */
  LetterGroup and(LetterGroup older) {
    return new LetterGroup(
        reason, fingerprint, detail, count + older.count, open + older.open, older.oldest, newest);
  }
}
