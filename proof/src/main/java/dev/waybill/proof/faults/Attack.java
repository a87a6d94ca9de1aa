package dev.waybill.proof.faults;

import dev.waybill.proof.ledger.Fault.Part;
import java.time.Duration;

/**
 * One thing that will be done to the world.
 *
 * @param name of its kind, {@code F1} and so on
 * @param what is done to whom, in words
 * @param hurts whom it may keep from working
 * @param flow what must have moved before it begins, so that it does not hit somebody idle
 * @param after the pause before it
 * @param lasts from its begin to its end
 */
public record Attack(
    String name,
    String what,
    Part hurts,
    Flow flow,
    Duration after,
    Duration lasts,
    Deed begin,
    Deed end) {

  /** Something that is done to a world; blocks until it is. */
  @FunctionalInterface
  public interface Deed {
    void doTo(Target target) throws Exception;

    /** Does nothing. */
    static Deed none() {
      return target -> {};
    }
  }

  /** What moves through a victim. */
  public enum Flow {
    /** Changes that A acknowledges. */
    CHANGES,
    /** Events that come to the topic. */
    PUBLISHED,
    /** Events that come to B. */
    APPLIED
  }

  @Override
  public String toString() {
    return "%s %s, after %s, for %s".formatted(name, what, after, lasts);
  }
}
