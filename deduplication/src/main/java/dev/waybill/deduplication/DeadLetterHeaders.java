package dev.waybill.deduplication;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The headers that a dead letter has beside those of the record, all UTF-8 text. Whoever replays a
 * dead letter drops them: {@link #withoutThem}.
 */
public final class DeadLetterHeaders {
  /** What all their names begin with. */
  public static final String PREFIX = "dead-letter-";

  /** The name of a {@link Reason}. */
  public static final String REASON = PREFIX + "reason";

  /** What exactly was wrong, up to {@value #LONGEST_DETAIL} characters. */
  public static final String DETAIL = PREFIX + "detail";

  /** The event's id as stores and queries have it; absent when it has none that can be used. */
  public static final String EVENT_ID = PREFIX + "event-id";

  /** The topic that the record came from. */
  public static final String TOPIC = PREFIX + "topic";

  /** The partition that it came from. */
  public static final String PARTITION = PREFIX + "partition";

  /** Its offset there. */
  public static final String OFFSET = PREFIX + "offset";

  /** The record's own timestamp, in milliseconds since 1970. */
  public static final String TIMESTAMP = PREFIX + "timestamp";

  /** When it became a dead letter, ISO 8601. */
  public static final String TIME = PREFIX + "time";

  /** Of a record that was too large for a letter: the bytes of its key. Then it is not whole. */
  public static final String KEY_BYTES = PREFIX + "key-bytes";

  /**
   * The bytes of its value, of which the letter has the first; 0 where the stream's own serde could
   * not write it.
   */
  public static final String VALUE_BYTES = PREFIX + "value-bytes";

  /** The bytes of its headers, of which the letter has those of the event. */
  public static final String HEADER_BYTES = PREFIX + "header-bytes";

  static final int LONGEST_DETAIL = 1_000;

  private DeadLetterHeaders() {}

  static Headers of(
      Headers original,
      Reason reason,
      String detail,
      @Nullable UUID eventId,
      RecordMetadata source,
      long timestamp,
      Instant now) {
    Headers headers = withoutThem(original);
    add(headers, REASON, reason.name());
    add(headers, DETAIL, detail.substring(0, Math.min(detail.length(), LONGEST_DETAIL)));
    if (eventId != null) {
      add(headers, EVENT_ID, eventId.toString());
    }
    add(headers, TOPIC, source.topic());
    add(headers, PARTITION, Integer.toString(source.partition()));
    add(headers, OFFSET, Long.toString(source.offset()));
    add(headers, TIMESTAMP, Long.toString(timestamp));
    add(headers, TIME, now.toString());
    return headers;
  }

  /** A copy that has the event's own headers only, in their order. */
  public static Headers withoutThem(Headers headers) {
    RecordHeaders own = new RecordHeaders();
    for (Header header : headers) {
      if (!header.key().startsWith(PREFIX) && !header.key().startsWith(ReplayHeaders.PREFIX)) {
        own.add(header);
      }
    }
    return own;
  }

  static Header bytes(String name, long bytes) {
    return new RecordHeader(name, Long.toString(bytes).getBytes(UTF_8));
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(UTF_8));
  }
}
