package dev.waybill.relay.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.waybill.relay.source.OutboxRow;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The headers of a record: CloudEvents' <a
 * href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">
 * Kafka binding</a> in binary mode, with the aggregate version as its {@code sequence} extension,
 * then the row's own headers such as {@code traceparent}: texts as they are, any other JSON as its
 * text. Names that are written here ({@code ce_…}, {@code content-type}) are left out of a row's
 * own; the writer refuses them, but a row may come from elsewhere. So may headers that are no
 * object and have no names: those are left out, and so is a time that cannot be said. Thread-safe.
 */
final class CloudEvents {
  /** Takes whatever PostgreSQL takes: values are copied, not understood. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  /** More types than this are made each time, so that no writer can fill the memory. */
  private static final int KNOWN_TYPES = 1_000;

  private static final Header SPEC_VERSION = header("ce_specversion", "1.0");
  private static final Header CONTENT_TYPE = header("content-type", "application/avro");

  private final Header source;
  private final Map<String, Header> types = new ConcurrentHashMap<>();

  CloudEvents(String source) {
    this.source = header("ce_source", source);
  }

  Headers headers(OutboxRow row) {
    RecordHeaders headers = ofEvent(row);
    if (!row.headers().equals("{}")) {
      addOwn(headers, row);
    }
    return headers;
  }

  /** Without the row's own. */
  RecordHeaders ofEvent(OutboxRow row) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(SPEC_VERSION);
    headers.add(header("ce_id", row.eventId().toString()));
    headers.add(source);
    headers.add(type(row.eventType()));
    headers.add(new RecordHeader("ce_subject", row.aggregateId()));
    Instant occurredAt = row.occurredAt();
    if (occurredAt != null) {
      headers.add(new RecordHeader("ce_time", Times.text(occurredAt)));
    }
    headers.add(header("ce_sequence", Long.toString(row.aggregateVersion())));
    headers.add(CONTENT_TYPE);
    return headers;
  }

  private Header type(String name) {
    Header known = types.get(name);
    if (known == null) {
      known = header("ce_type", name);
      if (types.size() < KNOWN_TYPES) {
        types.put(name, known);
      }
    }
    return known;
  }

  private static void addOwn(RecordHeaders headers, OutboxRow row) {
    try (JsonParser json = JSON.createParser(row.headers())) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
          String value = value(json, row.headers());
          if (!isReserved(name)) {
            headers.add(header(name, value));
          }
        }
      }
    } catch (IOException notJson) {
      throw new UnusableEventException("its headers are no JSON", notJson);
    }
  }

  /** A text as it is; of anything else the very characters, because a number parsed is rounded. */
  private static String value(JsonParser json, String text) throws IOException {
    if (json.nextToken() == JsonToken.VALUE_STRING) {
      return json.getText();
    }
    int begin = (int) json.currentTokenLocation().getCharOffset();
    json.skipChildren();
    return text.substring(begin, (int) json.currentLocation().getCharOffset());
  }

  private static boolean isReserved(String name) {
    return name.regionMatches(true, 0, "ce_", 0, 3) || name.equalsIgnoreCase("content-type");
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(UTF_8));
  }
}
