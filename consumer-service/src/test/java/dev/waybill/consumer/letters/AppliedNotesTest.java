package dev.waybill.consumer.letters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.deduplication.LetterAction;
import dev.waybill.deduplication.LetterPlace;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class AppliedNotesTest {
  private static final LetterAction APPLIED =
      new LetterAction(
          LetterAction.Kind.APPLIED, new LetterPlace(Records.TOPIC, 0, 7), "b", "", Instant.EPOCH);

  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final AtomicInteger opened = new AtomicInteger();

  @Test
  void noteIsWrittenWithoutWaitingAndAFailureIsNoHarm() {
    try (AppliedNotes notes = new AppliedNotes(this::open)) {
      assertThat(opened).as("nothing to say yet").hasValue(0);

      notes.write(APPLIED);
      assertThat(producer.errorNext(new TimeoutException("away"))).isTrue();
      notes.write(APPLIED);

      assertThat(opened).hasValue(1);
      assertThat(producer.history()).extracting(ProducerRecord::partition).containsExactly(0, 0);
    }
    assertThat(producer.closed()).isTrue();
  }

  @Test
  void whatIsClosedWritesNothing() {
    AppliedNotes notes = new AppliedNotes(this::open);
    notes.close();

    notes.write(APPLIED);

    assertThat(opened).hasValue(0);
  }

  private MockProducer<byte[], byte[]> open() {
    opened.incrementAndGet();
    return producer;
  }
}
