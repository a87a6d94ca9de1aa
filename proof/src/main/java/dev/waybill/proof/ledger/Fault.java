package dev.waybill.proof.ledger;

/**
 * Something that was done to the world; or, called {@value #EXIT}, a process that ended by itself,
 * and was started again as an orchestrator does it.
 *
 * @param name of its kind, {@code F1} and so on
 * @param what was done to whom, in words
 * @param hurts whom it may keep from its work: see {@link Part}
 * @param began when it was begun
 * @param ended when the world was whole again, as far as the attacker can say
 * @param inFlight how many events were committed and not yet applied when it began
 */
public record Fault(String name, String what, Part hurts, long began, long ended, long inFlight) {
  public static final String EXIT = "exit";

  /**
   * What was done when a standby became A's database, after which relays publish once more what
   * they find.
   */
  public static final String PROMOTION =
      "PostgreSQL killed, and its standby promoted, which had all that was acknowledged";

  /** Who cannot work while a fault lasts. */
  public enum Part {
    /** A or its database: requests may fail. */
    A,
    /** What is behind A's database: no request may notice. */
    BEHIND,
    /** Nobody. */
    NOBODY
  }

  /** The same, but ended then. */
  public Fault until(long end) {
    return new Fault(name, what, hurts, began, end, inFlight);
  }
}
