package dev.waybill.console.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * An event, or an aggregate, on which A and B do not agree.
 *
 * @param eventId null where it is about an aggregate
 * @param aggregateId null where nobody knows it
 * @param words why, for people
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Difference(
    @Nullable String eventId, @Nullable String aggregateId, long version, Why why, String words) {

  /** Why they do not. */
  public enum Why {
    /** It is on its way. */
    WAITING("waiting"),
    /** B refused it. */
    DEAD_LETTERED("dead-lettered"),
    /** Both have it, and not the same. */
    DIVERGED("diverged"),
    /** It committed, was published, and B has nothing of it. */
    MISSING("missing"),
    /** B has it, and A does not. */
    UNKNOWN_TO_A("unknown to A");

    private final String text;

    Why(String text) {
      this.text = text;
    }

    /** In words. */
    @JsonValue
    public String text() {
      return text;
    }
  }
}
