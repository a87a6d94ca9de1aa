package dev.waybill.proof.deduplication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.uuid.Generators;
import dev.waybill.deduplication.DeadLetterHeaders;
import dev.waybill.proof.servers.Servers;
import java.net.ConnectException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * One record stops nobody, whatever it makes the code behind the deduplication do; and what it did
 * before it failed is undone.
 */
@ExtendWith(Servers.class)
@Timeout(180)
final class PoisonTest {
  private final Letterbox box = new Letterbox();
  private final KafkaProducer<byte[], byte[]> producer =
      new KafkaProducer<>(
          Map.of(
              "bootstrap.servers",
              Servers.kafka().bootstrapServers(),
              "compression.type",
              "lz4",
              "max.request.size",
              64 << 20,
              "buffer.memory",
              128 << 20),
          new ByteArraySerializer(),
          new ByteArraySerializer());

  @AfterEach
  void close() {
    producer.close();
    box.close();
  }

  @Test
  void recordThatFailsWheneverItIsTriedIsALetterAndItsEffectsAreUndone() throws Exception {
    box.start();
    send("a", 1, "one");
    send("b", 1, "throw 1");
    send("b", 2, "throw 2");
    send("a", 2, "two");
    send("c", 1, "overflow the stack");
    send("c", 2, "assert");

    List<ConsumerRecord<byte[], byte[]>> letters = box.awaitLetters(4);

    assertThat(letters)
        .allMatch(letter -> header(letter, DeadLetterHeaders.REASON).equals("UNPROCESSABLE"));
    assertThat(letters)
        .extracting(letter -> header(letter, DeadLetterHeaders.DETAIL))
        .anyMatch(detail -> detail.contains("IllegalStateException: throw 1 at "))
        .anyMatch(detail -> detail.contains("AssertionError"))
        .anyMatch(detail -> detail.contains("StackOverflowError"));
    assertThat(box.awaitEffects(2)).containsExactly("one", "two");
    assertThat(box.entered("throw 1")).as("tries").isEqualTo(2);
    assertThat(box.threadsFailed()).isZero();
    assertThat(box.state()).isEqualTo(KafkaStreams.State.RUNNING);

    send("b", 3, "three");
    assertThat(box.awaitEffects(3)).containsExactly("one", "two", "three");
    assertThat(box.counted()).as("in the store behind it").isEqualTo(3);
  }

  @Test
  void whatIsAwayIsTriedUntilItIsThereAndIsNoLetter() throws Exception {
    box.failWith(new IllegalStateException("no order", new ConnectException("refused")));
    box.start();
    send("a", 1, "one");
    await()
        .dontCatchUncaughtExceptions()
        .atMost(Servers.LIMIT)
        .until(() -> box.threadsFailed() > 2);
    assertThat(box.lastFailure()).contains("events-0@0");

    box.failWith(null);

    assertThat(box.awaitEffects(1)).containsExactly("one");
    assertThat(box.letters()).isEmpty();
  }

  @Test
  void effectThatIsLargerThanARecordMayBeMakesALetter() throws Exception {
    box.start();
    send("a", 1, "one");
    send("a", 2, "enlarge");
    send("b", 1, "two");

    assertThat(header(box.awaitLetters(1).get(0), DeadLetterHeaders.DETAIL))
        .contains("RecordTooLargeException");
    assertThat(box.awaitEffects(2)).containsExactly("one", "two");
    assertThat(box.letters()).hasSize(1);
  }

  @Test
  void recordThatCompressedWellIsALetterThatSaysWhereItIs() throws Exception {
    box.start();
    byte[] zeros = new byte[36 << 20];
    producer.send(record("k6", 1, zeros)).get();
    send("a", 1, "one");

    ConsumerRecord<byte[], byte[]> letter = box.awaitLetters(1).get(0);

    assertThat(header(letter, DeadLetterHeaders.REASON)).isEqualTo("UNDECODABLE");
    assertThat(header(letter, DeadLetterHeaders.VALUE_BYTES)).isEqualTo("37748736");
    assertThat(header(letter, DeadLetterHeaders.OFFSET)).isEqualTo("0");
    assertThat(letter.value()).hasSize(1024).containsOnly(0);
    assertThat(box.awaitEffects(1)).containsExactly("one");
  }

  private void send(String key, long version, String value) throws Exception {
    producer.send(record(key, version, value.getBytes(UTF_8))).get();
  }

  private ProducerRecord<byte[], byte[]> record(String key, long version, byte @Nullable [] value) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(box.events(), key.getBytes(UTF_8), value);
    record
        .headers()
        .add("ce_id", Generators.timeBasedEpochGenerator().generate().toString().getBytes(UTF_8))
        .add("ce_sequence", Long.toString(version).getBytes(UTF_8));
    return record;
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), UTF_8);
  }
}
