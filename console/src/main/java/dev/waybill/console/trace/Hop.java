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

  static Hop unknown(String name, AwayException away) {
    return of(name, State.UNKNOWN, String.valueOf(away.getMessage()));
  }
}
