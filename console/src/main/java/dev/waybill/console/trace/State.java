package dev.waybill.console.trace;

import com.fasterxml.jackson.annotation.JsonValue;

/** How an event fares at one hop of its path. */
public enum State {
  /** It is behind this hop. */
  DONE("done", "✓"),
  /** It waits here, for what the words say. */
  WAITING("waiting", "…"),
  /** It went another way, or is another one here than before. */
  DIVERGED("diverged", "≠"),
  /** It has not come here. */
  ABSENT("not there", "–"),
  /** Whoever knows could not be asked. */
  UNKNOWN("unknown", "?");

  private final String text;
  private final String sign;

  State(String text, String sign) {
    this.text = text;
    this.sign = sign;
  }

  /** In words. */
  @JsonValue
  public String text() {
    return text;
  }

  /** A sign that tells it from the others without its colour. */
  public String sign() {
    return sign;
  }
}
