package dev.waybill.relay.cursor;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lane's cursor and the layout as JSON, for people to read with any Kafka tool:
 *
 * <pre>{@code
 * {"v":2,"generation":1,"lanes":1,
 *  "parts":[{"slots":[0,32768],
 *            "cursor":{"systemIdentifier":"7…","timeline":1,"outbox":"16384/16391",
 *                      "seen":"746:748:746","readAt":"2026-01-31T12:00:00Z",
 *                      "landmark":{"seq":12,"eventId":"0197…"}}}],
 *  "topic":{"name":"orders.events","id":"Zv…","partitions":6}}
 * }</pre>
 *
 * <p>and {@code "window"} while one is open, {@code "importedSeq"} where there is one, {@code
 * "waiting"} where aggregates wait, {@code "quarantined"} where events were let pass, {@code
 * "closed"} where another layout has taken over. A layout has {@code "generation"} and {@code
 * "lanes"}, and while it is not there yet those of the one before: {@code "before"}.
 *
 * <p>Version 1 had no slots and the fields of its one part beside the others.
 */
public final class CursorFormat {
  private static final int VERSION = 2;
  private static final int WITHOUT_SLOTS = 1;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  private CursorFormat() {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Fields(
      int v,
      int generation,
      int lanes,
      @Nullable List<PartFields> parts,
      @Nullable PublishedTopic topic,
      @Nullable List<WaitingFields> waiting,
      @Nullable List<UUID> quarantined,
      @Nullable Boolean closed) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record PartFields(@Nullable List<Integer> slots, @Nullable CursorFields cursor) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record CursorFields(
      @Nullable String systemIdentifier,
      int timeline,
      @Nullable String outbox,
      @Nullable String seen,
      @Nullable String readAt,
      @Nullable WindowFields window,
      @Nullable Long importedSeq,
      @Nullable Landmark landmark) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record LayoutFields(int v, int generation, int lanes, @Nullable BeforeFields before) {}

  private record BeforeFields(int generation, int lanes) {}

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

  /** What is stored of a lane, as the value of its record. */
  public static byte[] encode(LaneCursor stored) {
    return json(
        new Fields(
            VERSION,
            stored.layout().generation(),
            stored.layout().lanes(),
            stored.parts().stream().map(CursorFormat::fields).toList(),
            stored.topic(),
            stored.waiting().isEmpty()
                ? null
                : stored.waiting().stream().map(CursorFormat::fields).toList(),
            stored.quarantined().isEmpty() ? null : stored.quarantined(),
            stored.closed() ? true : null));
  }

  /** The layout, as the value of its record. */
  public static byte[] encode(Layout layout) {
    Layout before = layout.before();
    return json(
        new LayoutFields(
            VERSION,
            layout.generation(),
            layout.lanes(),
            before == null ? null : new BeforeFields(before.generation(), before.lanes())));
  }

  private static byte[] json(Object fields) {
    try {
      return JSON.writeValueAsBytes(fields);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static PartFields fields(Part part) {
    Cursor cursor = part.cursor();
    return new PartFields(
        List.of(part.slots().from(), part.slots().to()), cursor == null ? null : fields(cursor));
  }

  private static CursorFields fields(Cursor cursor) {
    Window window = cursor.window();
    return new CursorFields(
        cursor.database().systemIdentifier(),
        cursor.database().timeline(),
        cursor.database().outbox(),
        cursor.seen().toString(),
        cursor.readAt().toString(),
        window == null ? null : fields(window),
        cursor.importedSeq() == 0 ? null : cursor.importedSeq(),
        cursor.landmark());
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
   * Reads what was written of a lane.
   *
   * @param lane whose record it is
   * @throws UnreadableCursorException when it is anything else, also a newer version's cursor, or
   *     an empty value: nobody knows what whoever wrote that wanted
   */
  public static LaneCursor decode(byte[] json, int lane) {
    return read(
        json,
        Set.of(VERSION, WITHOUT_SLOTS),
        found -> stored(found.path("v").asInt() == VERSION ? found : withSlots(found, lane)));
  }

  private static LaneCursor stored(ObjectNode found) throws IOException {
    Fields fields = JSON.treeToValue(found, Fields.class);
    if (fields.parts == null) {
      throw new UnreadableCursorException("it has no parts", null);
    }
    return new LaneCursor(
        new Layout(fields.generation, fields.lanes),
        fields.parts.stream().map(CursorFormat::part).toList(),
        fields.topic,
        waiting(fields.waiting),
        quarantined(fields.quarantined),
        Boolean.TRUE.equals(fields.closed));
  }

  /** As version 1 would have written it had it known slots. */
  private static ObjectNode withSlots(ObjectNode old, int lane) {
    Set<String> ofLane = Set.of("topic", "waiting", "quarantined");
    ObjectNode stored = old.deepCopy().retain(ofLane);
    stored.put("v", VERSION).put("generation", 0).put("lanes", lane + 1);
    ObjectNode part = stored.putArray("parts").addObject();
    part.putArray("slots").add(lane).add(lane + 1);
    ObjectNode cursor = part.putObject("cursor");
    cursor.setAll(old);
    cursor.remove(ofLane);
    cursor.remove("v");
    return stored;
  }

  private static List<UUID> quarantined(@Nullable List<UUID> events) {
    return events == null ? List.of() : events;
  }

  /**
   * Reads what was written of the layout.
   *
   * @throws UnreadableCursorException when it is anything else, also a newer version's
   */
  public static Layout decodeLayout(byte[] json) {
    return read(
        json,
        Set.of(VERSION),
        found -> {
          LayoutFields fields = JSON.treeToValue(found, LayoutFields.class);
          BeforeFields before = fields.before;
          return new Layout(
              fields.generation,
              fields.lanes,
              before == null ? null : new Layout(before.generation, before.lanes));
        });
  }

  @FunctionalInterface
  private interface Reading<T> {
    T of(ObjectNode found) throws IOException;
  }

  private static <T> T read(byte[] json, Set<Integer> versions, Reading<T> reading) {
    try {
      if (!(JSON.readTree(json) instanceof ObjectNode found)) {
        throw new UnreadableCursorException(
            (json.length == 0 ? "the record's value is empty" : "it is no JSON object")
                + "; a deleted cursor is a record without a value",
            null);
      }
      JsonNode version = found.path("v");
      if (!version.isInt() || !versions.contains(version.asInt())) {
        throw new UnreadableCursorException(
            version.isMissingNode()
                ? "it has no version \"v\""
                : "version " + version + " instead of " + VERSION,
            null);
      }
      return reading.of(found);
    } catch (IOException | RuntimeException notACursor) {
      throw notACursor instanceof UnreadableCursorException unreadable
          ? unreadable
          : new UnreadableCursorException(String.valueOf(notACursor.getMessage()), notACursor);
    }
  }

  private static Part part(PartFields fields) {
    List<Integer> slots = fields.slots;
    if (slots == null || slots.size() != 2) {
      throw new UnreadableCursorException("it has no slots", null);
    }
    return new Part(
        new Slots(slots.get(0), slots.get(1)),
        fields.cursor == null ? null : cursor(fields.cursor));
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

  private static Cursor cursor(CursorFields fields) {
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
