package dev.waybill.relay.cursor;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A cursor as JSON, for people to read with any Kafka tool:
 *
 * <pre>{@code
 * {"v":1,"systemIdentifier":"7…","timeline":1,"seen":"746:748:746","readAt":"2026-01-31T12:00:00Z"}
 * }</pre>
 *
 * <p>and {@code "upTo"}, {@code "afterSeq"}, {@code "lastSeq"} while a window is open.
 */
public final class CursorFormat {
  private static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private CursorFormat() {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Fields(
      int v,
      String systemIdentifier,
      int timeline,
      String seen,
      String readAt,
      @Nullable String upTo,
      @Nullable Long afterSeq,
      @Nullable Long lastSeq) {}

  public static byte[] encode(Cursor cursor) {
    Window window = cursor.window();
    Fields fields =
        new Fields(
            VERSION,
            cursor.database().systemIdentifier(),
            cursor.database().timeline(),
            cursor.seen().toString(),
            cursor.readAt().toString(),
            window == null ? null : window.upTo().toString(),
            window == null ? null : window.afterSeq(),
            window == null ? null : window.lastSeq());
    try {
      return JSON.writeValueAsBytes(fields);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws UnreadableCursorException when it is anything else, also a newer version's cursor
   */
  public static Cursor decode(byte[] json) {
    try {
      Fields fields = JSON.readValue(json, Fields.class);
      if (fields.v != VERSION) {
        throw new UnreadableCursorException("version " + fields.v + " instead of " + VERSION, null);
      }
      return new Cursor(
          new DatabaseIdentity(fields.systemIdentifier, fields.timeline),
          Snapshot.parse(fields.seen),
          window(fields),
          Instant.parse(fields.readAt));
    } catch (IOException | RuntimeException notACursor) {
      throw notACursor instanceof UnreadableCursorException unreadable
          ? unreadable
          : new UnreadableCursorException(String.valueOf(notACursor.getMessage()), notACursor);
    }
  }

  private static @Nullable Window window(Fields fields) {
    if (fields.upTo == null) {
      return null;
    }
    if (fields.afterSeq == null || fields.lastSeq == null) {
      throw new UnreadableCursorException("an open window without afterSeq and lastSeq", null);
    }
    return new Window(Snapshot.parse(fields.upTo), fields.afterSeq, fields.lastSeq);
  }
}
