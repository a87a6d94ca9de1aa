package dev.waybill.deduplication;

import dev.waybill.deduplication.Envelope.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Identity from headers of these names; each value is text.
 *
 * @param id any text. One in the form of a UUID of version 7 has the event's time in it
 * @param version a whole number from 1 to 2^53 - 1; a record without it is a dead letter. Null for
 *     events that have no versions
 * @param type null for none
 * @param time RFC 3339, when the event occurred; null for none
 */
public record EventHeaders(
    String id, @Nullable String version, @Nullable String type, @Nullable String time)
    implements EventIdentity<Object, Object> {

  private static final EventIdentity<Object, Object> RELAY = new RelayHeaders();

  /**
   * As Waybill's relay writes them: {@code ce_id}, {@code ce_sequence}, {@code ce_type} and {@code
   * ce_time} of CloudEvents. Any id but a UUID of version 7 is a dead letter, and so is a record
   * without a version. For other CloudEvents there is {@code named("ce_id")}.
   */
  public static EventIdentity<Object, Object> cloudEvents() {
    return RELAY;
  }

  /** As Debezium's outbox event router writes them by default: {@code id}, and no version. */
  public static EventHeaders debezium() {
    return named("id");
  }

  /** With the id in this header, and nothing else. */
  public static EventHeaders named(String id) {
    return new EventHeaders(id, null, null, null);
  }

  /** The same with the aggregate's version in this header. */
  public EventHeaders withVersion(String name) {
    return new EventHeaders(id, name, type, time);
  }

  /** The same with the event's type in this header. */
  public EventHeaders withType(String name) {
    return new EventHeaders(id, version, name, time);
  }

  /** The same with the event's time in this header. */
  public EventHeaders withTime(String name) {
    return new EventHeaders(id, version, type, name);
  }

  @Override
  public Envelope of(Object key, Object value, Headers headers, long timestamp) {
    byte[] idText = HeaderText.value(headers, id);
    if (idText == null || idText.length == 0) {
      return Envelope.unusable(new Problem(Reason.MISSING_ID, "no header " + id));
    }
    byte[] typeText = type == null ? null : HeaderText.value(headers, type);
    byte[] versionText = version == null ? null : HeaderText.value(headers, version);
    long number = versionText == null ? 0 : HeaderText.version(versionText);
    return new Envelope(
        EventId.of(idText),
        number,
        typeText == null ? Envelope.NOTHING : typeText,
        version != null && number == 0 ? versionProblem(version, versionText) : null);
  }

  @Override
  public @Nullable Instant time(Object key, Object value, Headers headers) {
    byte[] text = time == null ? null : HeaderText.value(headers, time);
    return text == null ? null : EventTime.parse(text);
  }

  static Problem versionProblem(String name, byte @Nullable [] text) {
    return text == null
        ? new Problem(Reason.MISSING_VERSION, "no header " + name)
        : new Problem(
            Reason.INVALID_VERSION,
            name + " is not a whole number from 1 to 2^53 - 1: " + HeaderText.excerpt(text));
  }

  /** The names of the headers that an identity reads, as far as it can be told. */
  static List<String> names(EventIdentity<?, ?> identity) {
    if (identity instanceof EventHeaders named) {
      return Stream.of(named.id, named.version, named.type, named.time)
          .filter(Objects::nonNull)
          .toList();
    }
    return List.of(RelayHeaders.ID, RelayHeaders.VERSION, RelayHeaders.TYPE, RelayHeaders.TIME);
  }
}
