package dev.waybill.deduplication.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deduplication.DeadLetterHeaders;
import dev.waybill.deduplication.Placement;
import dev.waybill.deduplication.Reason;
import dev.waybill.deduplication.ReplayHeaders;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** A letter as it should have been, for the topic of replays. */
final class LetterTest {
  private static final String ID = "01a20d6d-5a00-7000-8000-000000000001";
  private static final byte[] KEY = "k".getBytes(UTF_8);
  private static final int PARTITIONS = 6;
  private static final int SOURCE = (Placement.murmur2(KEY, PARTITIONS) + 1) % PARTITIONS;

  @Test
  void aRepairIsNoCopyAndHasTheEventsIdAlone() {
    ProducerRecord<byte[], byte[]> repair = repair(Reason.UNDECODABLE, KEY);

    assertThat(repair.topic()).isEqualTo("replays");
    assertThat(repair.key()).isEqualTo(ID.getBytes(UTF_8));
    assertThat(repair.value()).isEqualTo(new byte[] {1, 2});
    assertThat(repair.partition()).as("the one that remembers it").isEqualTo(SOURCE);
    assertThat(repair.headers().toArray())
        .extracting(Header::key)
        .containsExactly("ce_id", "replay-key", "replay-timestamp", "replay-edited-from");
    assertThat(repair.headers().lastHeader(ReplayHeaders.EDITED_FROM).value())
        .isEqualTo("letters-0@5".getBytes(UTF_8));
    assertThat(repair.headers().lastHeader(ReplayHeaders.KEY).value()).isEqualTo(KEY);
    assertThat(repair.headers().lastHeader(ReplayHeaders.TIMESTAMP).value())
        .isEqualTo("1234".getBytes(UTF_8));
  }

  @Test
  void itGoesToItsKeysPartitionWhereTheLettersWasWrong() {
    assertThat(repair(Reason.WRONG_PARTITION, KEY).partition())
        .isEqualTo(Placement.murmur2(KEY, PARTITIONS));
    byte[] another = "another".getBytes(UTF_8);
    assertThat(repair(Reason.MISSING_KEY, another).partition())
        .isEqualTo(Placement.murmur2(another, PARTITIONS));
  }

  private static ProducerRecord<byte[], byte[]> repair(Reason reason, byte[] key) {
    Headers headers = new RecordHeaders();
    headers.add("ce_id", ID.getBytes(UTF_8));
    headers.add(ReplayHeaders.LETTER, "letters-0@1".getBytes(UTF_8));
    headers.add(DeadLetterHeaders.REASON, reason.name().getBytes(UTF_8));
    headers.add(DeadLetterHeaders.PARTITION, Integer.toString(SOURCE).getBytes(UTF_8));
    headers.add(DeadLetterHeaders.TIMESTAMP, "1234".getBytes(UTF_8));
    Letter letter =
        new Letter(
            new ConsumerRecord<>(
                "letters",
                0,
                5,
                0,
                TimestampType.CREATE_TIME,
                1,
                1,
                KEY,
                new byte[] {1},
                headers,
                Optional.empty()));
    return letter.repair(
        new ProducerRecord<>("letters", null, key, new byte[] {1, 2}, headers),
        ID,
        "replays",
        PARTITIONS);
  }
}
