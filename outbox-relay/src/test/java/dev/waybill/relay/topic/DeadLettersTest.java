package dev.waybill.relay.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.relay.cursor.PublishedTopic;
import dev.waybill.relay.cursor.WaitingAggregate;
import dev.waybill.relay.source.OutboxRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
  private static final int TAKES = 20_000;
  private static final UUID ID = UUID.fromString("01970000-0000-7000-8000-000000000001");
  private static final DeadLetters LETTERS =
      new DeadLetters(
          new RelayTopic(new PublishedTopic("letters", "Zv", 1), TAKES), 1 << 20, "/parcels");

  @Test
  void letterSaysWhatTheEventWasAndWhyItWasLetPass() {
    ProducerRecord<byte[], byte[]> letter = letter("{\"traceparent\": \"00-1\"}", new byte[] {1});

    assertThat(letter.topic()).isEqualTo("letters");
    assertThat(letter.key()).isEqualTo("parcel-ä".getBytes(UTF_8));
    assertThat(letter.value()).containsExactly(1);
    assertThat(headers(letter))
        .containsEntry("ce_id", ID.toString())
        .containsEntry("ce_type", "ParcelSent")
        .containsEntry("ce_subject", "parcel-ä")
        .containsEntry("ce_sequence", "9")
        .containsEntry("ce_source", "/parcels")
        .containsEntry("dead-letter-reason", "broken, see ticket 7")
        .containsEntry("dead-letter-by", "ann")
        .containsEntry("dead-letter-time", "2026-01-31T12:00:00Z")
        .containsEntry("dead-letter-cause", "event_refused")
        .containsEntry("dead-letter-detail", "too large")
        .containsEntry("dead-letter-lane", "3")
        .containsEntry("dead-letter-seq", "12")
        .containsEntry("dead-letter-headers", "{\"traceparent\": \"00-1\"}")
        .containsEntry("dead-letter-schema-id", "5")
        .containsEntry("dead-letter-payload", "whole")
        .doesNotContainKey("traceparent");
  }

  @Test
  void tombstoneIsToldFromWhatWasLeftOut() {
    assertThat(headers(letter("{}", null))).containsEntry("dead-letter-payload", "tombstone");
  }

  @Test
  void whatDoesNotFitIsLeftOut() {
    ProducerRecord<byte[], byte[]> large = letter("{}", new byte[TAKES]);
    ProducerRecord<byte[], byte[]> longHeaders = letter("x".repeat(TAKES), new byte[] {1});
    ProducerRecord<byte[], byte[]> longType =
        LETTERS.of(3, row("é".repeat(TAKES), "{}", null, null), waiting(), verdict());
    ProducerRecord<byte[], byte[]> flawed =
        LETTERS.of(3, row("ParcelSent", "{}", null, "the row has 9 GB"), waiting(), verdict());

    for (ProducerRecord<byte[], byte[]> letter : List.of(large, longHeaders, longType, flawed)) {
      assertThat(letter.value()).isNull();
      assertThat(headers(letter))
          .containsEntry("dead-letter-payload", "left out")
          .containsEntry("ce_id", ID.toString())
          .containsEntry("dead-letter-seq", "12");
      int bytes = letter.key().length;
      for (Header header : letter.headers()) {
        bytes += header.key().length() + header.value().length;
      }
      assertThat(bytes).isLessThan(4_000);
    }
  }

  @Test
  void headersThatAreNoJsonAreKept() {
    assertThat(headers(letter("{not json", new byte[] {1})))
        .containsEntry("dead-letter-headers", "{not json")
        .containsEntry("dead-letter-payload", "whole");
  }

  private static ProducerRecord<byte[], byte[]> letter(String headers, byte @Nullable [] payload) {
    return LETTERS.of(3, row("ParcelSent", headers, payload, null), waiting(), verdict());
  }

  private static OutboxRow row(
      String type, String headers, byte @Nullable [] payload, @Nullable String flaw) {
    return new OutboxRow(
        12,
        ID,
        "parcel-ä".getBytes(UTF_8),
        9,
        type,
        payload == null ? null : 5,
        payload,
        headers,
        Instant.EPOCH,
        flaw);
  }

  private static WaitingAggregate waiting() {
    return new WaitingAggregate("parcel-ä", 12, ID, null, "event_refused", "too large");
  }

  private static DeadLetters.Verdict verdict() {
    return new DeadLetters.Verdict(
        "broken, see ticket 7", "ann", Instant.parse("2026-01-31T12:00:00Z"));
  }

  private static Map<String, String> headers(ProducerRecord<byte[], byte[]> letter) {
    Map<String, String> headers = new TreeMap<>();
    letter.headers().forEach(one -> headers.put(one.key(), new String(one.value(), UTF_8)));
    return headers;
  }
}
