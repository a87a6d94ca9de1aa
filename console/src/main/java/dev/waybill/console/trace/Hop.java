package dev.waybill.console.trace;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.waybill.console.systems.AwayException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One hop of an event's path.
 *
 * @param name such as {@code committed}
 * @param words what is known, for people
 * @param since when it came here, or since when it waits; null when nobody knows
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Hop(String name, State state, String words, @Nullable Instant since) {
  static Hop of(String name, State state, String words) {
    return new Hop(name, state, words, null);
  }

  /**
   * Of a system that could not be asked.
   *
   * @param question what only that system knows, such as {@code whether it is there}
   */
  static Hop unknown(String name, AwayException away, String question) {
    return of(
        name,
        State.UNKNOWN,
        "%s does not answer, so %s is not known (%s)"
            .formatted(away.system(), question, away.why()));
  }
}
