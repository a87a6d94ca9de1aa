package dev.waybill.relay.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waybill.relay.source.OutboxRow;
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
 * own; the writer refuses them, but a row may come from elsewhere. Thread-safe.
 */
final class CloudEvents {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Header SPEC_VERSION = header("ce_specversion", "1.0");
  private static final Header CONTENT_TYPE = header("content-type", "application/avro");

  private final Header source;
  private final Map<String, Header> types = new ConcurrentHashMap<>();

  CloudEvents(String source) {
    this.source = header("ce_source", source);
  }

  Headers headers(OutboxRow row) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(SPEC_VERSION);
    headers.add(header("ce_id", row.eventId().toString()));
    headers.add(source);
    headers.add(types.computeIfAbsent(row.eventType(), type -> header("ce_type", type)));
    headers.add(new RecordHeader("ce_subject", row.aggregateId()));
    headers.add(new RecordHeader("ce_time", Times.text(row.occurredAt())));
    headers.add(header("ce_sequence", Long.toString(row.aggregateVersion())));
    headers.add(CONTENT_TYPE);
    if (!row.headers().equals("{}")) {
      addOwn(headers, row);
    }
    return headers;
  }

  private static void addOwn(RecordHeaders headers, OutboxRow row) {
    try {
      for (Map.Entry<String, JsonNode> own : JSON.readTree(row.headers()).properties()) {
        if (!isReserved(own.getKey())) {
          JsonNode value = own.getValue();
          headers.add(header(own.getKey(), value.isTextual() ? value.asText() : value.toString()));
        }
      }
    } catch (JsonProcessingException notJson) {
      throw new IllegalStateException(
          "headers of event " + row.eventId() + " are no JSON", notJson);
    }
  }

  private static boolean isReserved(String name) {
    return name.regionMatches(true, 0, "ce_", 0, 3) || name.equalsIgnoreCase("content-type");
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(UTF_8));
  }
}
