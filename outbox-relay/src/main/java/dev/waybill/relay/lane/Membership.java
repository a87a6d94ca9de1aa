package dev.waybill.relay.lane;

/** Whether this instance may still take its lanes for its own. */
interface Membership {

  /**
   * Whether the group's coordinator confirmed, at some time after {@code nanoTime}, that this
   * instance is a member of the current generation; if not, it will be asked. Returns at once.
   *
   * <p>A lane that failed initialises its producers again only then. An instance that was paused
   * for long, and whose lanes have gone to another, would otherwise fence the new owner before it
   * learns of that.
   */
  boolean confirmedSince(long nanoTime);
}
