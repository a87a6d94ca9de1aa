package dev.waybill.console.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the journal.
 *
 * @param operation whose entry it is; entries of one operation have the same
 * @param step {@code planned}, {@code progress}, {@code finished}, {@code stopped} or {@code done}
 * @param action such as {@code replay}
 * @param by who did it
 * @param reason why, in that person's words; may be empty
 * @param places of the letters that it is about, of a plan; else empty
 * @param rate how many a second, of a plan
 * @param done how many of them are done
 * @param outcomes how many came to what, of the end
 * @param words what is worth saying; null for nothing
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Entry(
    String operation,
    String step,
    String action,
    String by,
    String reason,
    Instant at,
    List<String> places,
    int rate,
    int done,
    Map<String, Integer> outcomes,
    @Nullable String words) {
  /** What will be done, written before it is begun. */
  public static final String PLANNED = "planned";

  /** How far it is. */
  public static final String PROGRESS = "progress";

  /** All of it is done. */
  public static final String FINISHED = "finished";

  /** Somebody stopped it before its end. */
  public static final String STOPPED = "stopped";

  /** Of an action without a plan. */
  public static final String DONE = "done";

  /** What is absent is empty. */
  public Entry {
    reason = reason == null ? "" : reason;
    places = places == null ? List.of() : List.copyOf(places);
    outcomes = outcomes == null ? Map.of() : Map.copyOf(outcomes);
  }

  /** Of an action without a plan. */
  public static Entry of(
      String operation, String action, String by, String reason, Instant at, String words) {
    return new Entry(operation, DONE, action, by, reason, at, List.of(), 0, 1, Map.of(), words);
  }

  /** A later step of the same operation. */
  public Entry then(
      String nextStep, Instant now, int nowDone, Map<String, Integer> came, @Nullable String said) {
    return new Entry(
        operation, nextStep, action, by, reason, now, List.of(), 0, nowDone, came, said);
  }

  /** Whether nothing of the operation comes after it. */
  boolean isEnd() {
    return step.equals(FINISHED) || step.equals(STOPPED) || step.equals(DONE);
  }
}
