package dev.waybill.deduplication;

/**
 * The headers that a record of the topic of replays has beside those of the event. Its own key is
 * the event's id, as text: of several replays of one event the compacted topic keeps the last, and
 * no event of the aggregate is touched.
 */
public final class ReplayHeaders {
  /** What all their names begin with. */
  public static final String PREFIX = "replay-";

  /** The key of the event, the aggregate's id. */
  public static final String KEY = PREFIX + "key";

  /**
   * Where the dead letter is of which this is an unchanged copy, {@code topic-partition@offset}.
   * When it still cannot be used, no second letter is made.
   */
  public static final String LETTER = PREFIX + "letter";

  private ReplayHeaders() {}
}
