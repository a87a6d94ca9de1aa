package dev.waybill.consumer.letters;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** What became of a letter. */
enum State {
  /** Nothing yet. */
  OPEN,
  /** It was sent again, and is not known to have taken effect. */
  REPLAYED,
  /** Its event took effect, whoever sent it. */
  APPLIED,
  /** A person said that nothing will be done. */
  DISCARDED;

  @JsonValue
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<State> of(String text) {
    for (State state : values()) {
      if (state.text().equals(text)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }

  /** Whether somebody has to see to it still. */
  boolean isUnsettled() {
    return this == OPEN || this == REPLAYED;
  }
}
