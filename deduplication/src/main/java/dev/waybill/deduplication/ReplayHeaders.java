package dev.waybill.deduplication;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/**
 * The headers that a record of the topic of replays has beside those of the event. Its own key is
 * any that no other record there has, such as the event's id: so the compacted topic keeps each,
 * and no event of the aggregate is touched.
 */
public final class ReplayHeaders {
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

  /** What all their names begin with. */
  public static final String PREFIX = "replay-";

  /** The key of the event, the aggregate's id. */
  public static final String KEY = PREFIX + "key";

  /**
   * Where the dead letter is of which this is an unchanged copy, {@code topic-partition@offset}.
   * When it still cannot be used, no second letter is made.
   */
  public static final String LETTER = PREFIX + "letter";

  /**
   * Where the dead letter is that this is a repair of, {@code topic-partition@offset}. For people:
   * what a repaired record says counts by itself, and when it cannot be used, it is another letter.
   */
  public static final String EDITED_FROM = PREFIX + "edited-from";

  /**
   * The timestamp of the record of which this is a copy, in milliseconds since 1970: a replay is no
   * newer than its event.
   */
  public static final String TIMESTAMP = PREFIX + "timestamp";

  private ReplayHeaders() {}

  /** When the event was sent first, as far as this record tells, in milliseconds. */
  static long timestamp(FixedKeyRecord<?, ?> record) {
    Header header = record.headers().lastHeader(TIMESTAMP);
    byte[] text = header == null ? null : header.value();
    if (text == null || text.length > 18) {
      return record.timestamp();
    }
    String digits = new String(text, UTF_8);
    return DIGITS.matcher(digits).matches()
        ? Math.min(Long.parseLong(digits), record.timestamp())
        : record.timestamp();
  }

  /** Whether it takes a replay out of its topic: no value, and no event's key. */
  static boolean isDeletion(FixedKeyRecord<?, ?> record) {
    return record.value() == null && record.headers().lastHeader(KEY) == null;
  }
}
