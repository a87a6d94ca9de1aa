package dev.waybill.consumer.letters;

import dev.waybill.deduplication.LetterAction;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a letter, and since when. That its event took effect counts more than whatever a
 * person does. Immutable.
 *
 * @param replays how often somebody noted that it was sent again
 * @param discardedBy who discarded it; null unless it is discarded
 * @param discardReason why; null unless it is discarded
 */
record Standing(
    State state,
    Instant at,
    int replays,
    @Nullable Instant lastReplayedAt,
    @Nullable String discardedBy,
    @Nullable String discardReason) {
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_REASON = 1_000;

  /** Of a letter about which nobody did anything. */
  static Standing open(Instant since) {
    return new Standing(State.OPEN, since, 0, null, null, null);
  }

  /** Once a person did something, or an instance said that the event took effect. */
  Standing after(LetterAction action) {
    boolean isReplay = action.kind() == LetterAction.Kind.REPLAY;
    int sent = isReplay ? replays + 1 : replays;
    Instant last = isReplay ? action.at() : lastReplayedAt;
    if (state == State.APPLIED) {
      return new Standing(state, at, sent, last, null, null);
    }
    return switch (action.kind()) {
      case REPLAY -> new Standing(State.REPLAYED, action.at(), sent, last, null, null);
      case APPLIED -> applied(action.at());
      case RESTORE ->
          state == State.DISCARDED
              ? new Standing(
                  sent > 0 ? State.REPLAYED : State.OPEN, action.at(), sent, last, null, null)
              : this;
      case DISCARD ->
          new Standing(
              State.DISCARDED,
              action.at(),
              sent,
              last,
              Texts.cut(action.by(), LONGEST_NAME),
              Texts.cut(action.reason(), LONGEST_REASON));
    };
  }

  /** Once it is known when its event took effect. */
  Standing applied(Instant when) {
    return new Standing(State.APPLIED, when, replays, lastReplayedAt, null, null);
  }

  /** How much memory it takes, in characters, roughly. */
  int weight() {
    return (discardedBy == null ? 0 : discardedBy.length())
        + (discardReason == null ? 0 : discardReason.length());
  }
}
