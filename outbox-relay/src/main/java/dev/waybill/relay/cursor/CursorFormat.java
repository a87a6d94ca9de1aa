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
 * {"v":1,"systemIdentifier":"7…","timeline":1,"outbox":"16384/16391","seen":"746:748:746",
 *  "readAt":"2026-01-31T12:00:00Z","landmark":{"seq":12,"eventId":"0197…"}}
 * }</pre>
 *
 * <p>and {@code "window"} while one is open, {@code "importedSeq"} where there is one.
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
      @Nullable String outbox,
      String seen,
      String readAt,
      @Nullable WindowFields window,
      @Nullable Long importedSeq,
      @Nullable Landmark landmark) {}

  private record WindowFields(
      String upTo, String openedAt, long afterSeq, long lastSeq, long denseFrom) {}

  public static byte[] encode(Cursor cursor) {
    Window window = cursor.window();
    Fields fields =
        new Fields(
            VERSION,
            cursor.database().systemIdentifier(),
            cursor.database().timeline(),
            cursor.database().outbox(),
            cursor.seen().toString(),
            cursor.readAt().toString(),
            window == null ? null : fields(window),
            cursor.importedSeq() == 0 ? null : cursor.importedSeq(),
            cursor.landmark());
    try {
      return JSON.writeValueAsBytes(fields);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static WindowFields fields(Window window) {
    return new WindowFields(
        window.upTo().toString(),
        window.openedAt().toString(),
        window.afterSeq(),
        window.lastSeq(),
        window.denseFrom());
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws UnreadableCursorException when it is anything else, also a newer version's cursor
   */
  public static Cursor decode(byte[] json) {
    try {
      int version = JSON.readTree(json).path("v").asInt();
      if (version != VERSION) {
        throw new UnreadableCursorException("version " + version + " instead of " + VERSION, null);
      }
      return cursor(JSON.readValue(json, Fields.class));
    } catch (IOException | RuntimeException notACursor) {
      throw notACursor instanceof UnreadableCursorException unreadable
          ? unreadable
          : new UnreadableCursorException(String.valueOf(notACursor.getMessage()), notACursor);
    }
  }

  private static Cursor cursor(Fields fields) {
    WindowFields open = fields.window;
    return new Cursor(
        new DatabaseIdentity(fields.systemIdentifier, fields.timeline, fields.outbox),
        Snapshot.parse(fields.seen),
        open == null
            ? null
            : new Window(
                Snapshot.parse(open.upTo),
                Instant.parse(open.openedAt),
                open.afterSeq,
                open.lastSeq,
                open.denseFrom),
        Instant.parse(fields.readAt),
        fields.importedSeq == null ? 0 : fields.importedSeq,
        fields.landmark);
  }
}
