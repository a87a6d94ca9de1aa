package dev.waybill.deduplication;

import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/**
 * The headers that a record of the topic of replays has beside those of the event. Its own key is
 * any that no other record there has, such as the event's id: so the compacted topic keeps each,
 * and no event of the aggregate is touched.
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

  /** Whether it takes a replay out of its topic: no value, and no event's key. */
  static boolean isDeletion(FixedKeyRecord<?, ?> record) {
    return record.value() == null && record.headers().lastHeader(KEY) == null;
  }
}
