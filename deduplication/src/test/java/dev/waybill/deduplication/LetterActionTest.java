package dev.waybill.deduplication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class LetterActionTest {
  private static final LetterPlace LETTER = new LetterPlace("a-1.dead-letters", 3, 77);
  private static final LetterAction DISCARD =
      new LetterAction(
          LetterAction.Kind.DISCARD,
          LETTER,
          "anna",
          "zu spät <b>&\u001b[31m",
          Instant.parse("2026-01-31T12:00:00Z"));

  @Test
  void recordSaysWhatWasDoneToWhich() {
    ProducerRecord<byte[], byte[]> record = DISCARD.toRecord();

    assertThat(record.partition()).isEqualTo(3);
    assertThat(new String(record.key(), UTF_8)).isEqualTo("a-1.dead-letters-3@77");
    assertThat(record.value()).isEmpty();
    assertThat(LetterAction.isOne(record.headers())).isTrue();
    assertThat(LetterAction.of(read(record.headers(), 3, 80))).contains(DISCARD);
  }

  @Test
  void deadLetterWhoseEventHadSuchHeadersIsNone() {
    Headers headers = DISCARD.toRecord().headers();
    headers.add(DeadLetterHeaders.REASON, "UNDECODABLE".getBytes(UTF_8));

    assertThat(LetterAction.isOne(headers)).isFalse();
    assertThat(LetterAction.of(read(headers, 3, 80))).isEmpty();
  }

  @Test
  void whatIsNotBehindItsLetterOrOfALaterVersionIsPassedOverAndDoesNothing() {
    assertThat(LetterAction.of(read(DISCARD.toRecord().headers(), 2, 80))).isEmpty();
    assertThat(LetterAction.of(read(DISCARD.toRecord().headers(), 3, 77))).isEmpty();
    RecordHeaders later = new RecordHeaders();
    later.add(LetterAction.ACTION, "burn".getBytes(UTF_8));
    later.add(LetterAction.PLACE, LETTER.toString().getBytes(UTF_8));
    assertThat(LetterAction.isOne(later)).isTrue();
    assertThat(LetterAction.of(read(later, 3, 80))).isEmpty();
    RecordHeaders empty = new RecordHeaders();
    empty.add(LetterAction.ACTION, null);
    assertThat(LetterAction.of(read(empty, 3, 80))).isEmpty();
  }

  @Test
  void placeIsReadAsItIsWritten() {
    assertThat(LetterPlace.parse(LETTER.toString())).contains(LETTER);
    for (String none : new String[] {"", "a", "a-1", "a@1", "-1@1", "a-1@", "a-1@9x", "a b-1@1"}) {
      assertThat(LetterPlace.parse(none)).as(none).isEmpty();
    }
  }

  private static ConsumerRecord<byte[], byte[]> read(Headers headers, int partition, long offset) {
    return new ConsumerRecord<>(
        LETTER.topic(),
        partition,
        offset,
        5,
        TimestampType.CREATE_TIME,
        0,
        0,
        new byte[0],
        new byte[0],
        headers,
        Optional.empty());
  }
}
