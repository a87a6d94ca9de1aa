package dev.waybill.console.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.waybill.console.text.Count;
import dev.waybill.deduplication.DeadLetterHeaders;
import dev.waybill.deduplication.LetterPlace;
import dev.waybill.registry.SchemaRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** What a letter holds, as far as it may be shown. Safe for use by many threads. */
public final class Contents {
  private final AvroContents avro;
  private final Payloads payloads;

  /** Decodes with this registry's schemas; it stays the caller's to close. */
  public Contents(SchemaRegistry registry, Payloads payloads) {
    this.avro = new AvroContents(registry, payloads);
    this.payloads = payloads;
  }

  /** A header, as text. */
  public record Line(String name, String value) {}

  /**
   * What is shown of a record.
   *
   * @param key as text; null for none
   * @param valueBytes how many, -1 for no value
   * @param value decoded; null where it is not shown, or cannot be decoded
   * @param hex its bytes, where it cannot be decoded
   * @param failure why it cannot, and at which byte; null when it can
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Shown(
      @Nullable String key,
      Instant timestamp,
      List<Line> headers,
      int valueBytes,
      @Nullable JsonNode value,
      @Nullable String hex,
      @Nullable String failure) {}

  Shown of(ConsumerRecord<byte[], byte[]> record) {
    byte[] key = record.key();
    byte[] value = record.value();
    AvroContents.Read read =
        value == null || payloads == Payloads.NONE
            ? AvroContents.Read.NOTHING
            : avro.read(record.headers(), value);
    return new Shown(
        key == null ? null : new String(key, UTF_8),
        Instant.ofEpochMilli(record.timestamp()),
        headers(record.headers()),
        value == null ? -1 : value.length,
        read.value(),
        read.hex(),
        read.failure());
  }

  private List<Line> headers(Headers headers) {
    List<Line> lines = new ArrayList<>();
    for (Header header : headers) {
      byte[] value = header.value();
      boolean open = payloads.showHeader(header.key());
      lines.add(
          new Line(
              header.key(),
              value == null
                  ? ""
                  : open ? new String(value, UTF_8) : Count.of(value.length, "byte")));
    }
    return List.copyOf(lines);
  }

  /** What the letter itself tells, where B's index does not have it. */
  static KnownLetter known(LetterPlace place, ConsumerRecord<byte[], byte[]> record) {
    Headers headers = record.headers();
    byte[] key = record.key();
    return new KnownLetter(
        place.toString(),
        text(headers, DeadLetterHeaders.EVENT_ID),
        key == null ? "" : new String(key, UTF_8),
        text(headers, DeadLetterHeaders.REASON),
        text(headers, DeadLetterHeaders.DETAIL),
        "",
        "%s-%s@%s"
            .formatted(
                text(headers, DeadLetterHeaders.TOPIC),
                text(headers, DeadLetterHeaders.PARTITION),
                text(headers, DeadLetterHeaders.OFFSET)),
        text(headers, DeadLetterHeaders.TIME),
        "unknown",
        "",
        0,
        "",
        "",
        "",
        headers.lastHeader(DeadLetterHeaders.VALUE_BYTES) == null);
  }

  private static String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
  }
}
