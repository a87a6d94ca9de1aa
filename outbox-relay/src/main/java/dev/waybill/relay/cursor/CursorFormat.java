package dev.waybill.relay.cursor;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A cursor as JSON, for people to read with any Kafka tool:
 *
 * <pre>{@code
 * {"v":1,"systemIdentifier":"7…","timeline":1,"outbox":"16384/16391","seen":"746:748:746",
 *  "readAt":"2026-01-31T12:00:00Z","landmark":{"seq":12,"eventId":"0197…"},
 *  "topic":{"name":"orders.events","id":"Zv…","partitions":6}}
 * }</pre>
 *
 * <p>and {@code "window"} while one is open, {@code "importedSeq"} where there is one, {@code
 * "waiting"} where aggregates wait, {@code "quarantined"} where events were let pass.
 */
public final class CursorFormat {
  private static final int VERSION = 1;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  private CursorFormat() {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Fields(
      int v,
      @Nullable String systemIdentifier,
      int timeline,
      @Nullable String outbox,
      @Nullable String seen,
      @Nullable String readAt,
      @Nullable WindowFields window,
      @Nullable Long importedSeq,
      @Nullable Landmark landmark,
      @Nullable PublishedTopic topic,
      @Nullable List<WaitingFields> waiting,
      @Nullable List<UUID> quarantined) {}

  private record WindowFields(
      @Nullable String upTo,
      @Nullable String openedAt,
      long afterSeq,
      long lastSeq,
      long denseFrom) {}

  private record WaitingFields(
      String aggregateId,
      long firstSeq,
      UUID eventId,
      @Nullable String occurredAt,
      String cause,
      String reason) {}

  public static byte[] encode(LaneCursor stored) {
    Cursor cursor = stored.position();
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
            cursor.landmark(),
            stored.topic(),
            stored.waiting().isEmpty()
                ? null
                : stored.waiting().stream().map(CursorFormat::fields).toList(),
            stored.quarantined().isEmpty() ? null : stored.quarantined());
    try {
      return JSON.writeValueAsBytes(fields);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static WaitingFields fields(WaitingAggregate one) {
    return new WaitingFields(
        one.aggregateId(),
        one.firstSeq(),
        one.eventId(),
        one.occurredAt() == null ? null : one.occurredAt().toString(),
        one.cause(),
        one.reason());
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
   * @throws UnreadableCursorException when it is anything else, also a newer version's cursor, or
   *     an empty value: nobody knows what whoever wrote that wanted
   */
  public static LaneCursor decode(byte[] json) {
    try {
      JsonNode found = JSON.readTree(json);
      if (!found.isObject()) {
        throw new UnreadableCursorException(
            (json.length == 0 ? "the record's value is empty" : "it is no JSON object")
                + "; a deleted cursor is a record without a value",
            null);
      }
      JsonNode version = found.path("v");
      if (!version.isInt() || version.asInt() != VERSION) {
        throw new UnreadableCursorException(
            version.isMissingNode()
                ? "it has no version \"v\""
                : "version " + version + " instead of " + VERSION,
            null);
      }
      Fields fields = JSON.treeToValue(found, Fields.class);
      return new LaneCursor(
          cursor(fields),
          fields.topic,
          waiting(fields.waiting),
          fields.quarantined == null ? List.of() : fields.quarantined);
    } catch (IOException | RuntimeException notACursor) {
      throw notACursor instanceof UnreadableCursorException unreadable
          ? unreadable
          : new UnreadableCursorException(String.valueOf(notACursor.getMessage()), notACursor);
    }
  }

  private static List<WaitingAggregate> waiting(@Nullable List<WaitingFields> fields) {
    return fields == null
        ? List.of()
        : fields.stream()
            .map(
                one ->
                    new WaitingAggregate(
                        one.aggregateId,
                        one.firstSeq,
                        one.eventId,
                        one.occurredAt == null ? null : Instant.parse(one.occurredAt),
                        one.cause,
                        one.reason))
            .toList();
  }

  private static Cursor cursor(Fields fields) {
    WindowFields open = fields.window;
    return new Cursor(
        new DatabaseIdentity(
            required(fields.systemIdentifier, "systemIdentifier"), fields.timeline, fields.outbox),
        Snapshot.parse(required(fields.seen, "seen")),
        open == null
            ? null
            : new Window(
                Snapshot.parse(required(open.upTo, "window.upTo")),
                Instant.parse(required(open.openedAt, "window.openedAt")),
                open.afterSeq,
                open.lastSeq,
                open.denseFrom),
        Instant.parse(required(fields.readAt, "readAt")),
        fields.importedSeq == null ? 0 : fields.importedSeq,
        fields.landmark);
  }

  private static String required(@Nullable String value, String name) {
    if (value == null) {
      throw new UnreadableCursorException("it has no " + name, null);
    }
    return value;
  }
}
