package dev.waybill.proof.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.proof.ledger.Injected;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

final class InjectorTest {
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final List<Injected> written = new ArrayList<>();
  private final Injector injector = new Injector(producer, "events", written::add);

  @Test
  void eventsAreCopied() throws Exception {
    RecordHeaders headers = new RecordHeaders();
    headers.add("ce_id", new byte[] {97});
    injector.show(record(new byte[] {1}, headers));
    injector.copy(1, 7);

    assertThat(written).singleElement().matches(one -> one.kind() == Injected.Kind.COPY);
  }

  /** Of a copy of it, nobody could say what it is to become. */
  @Test
  void poisonIsNot() throws Exception {
    injector.poison(100, 7);
    for (ProducerRecord<byte[], byte[]> sent : producer.history()) {
      injector.show(record(sent.value(), new RecordHeaders(sent.headers().toArray())));
    }
    written.clear();

    injector.copy(50, 7);

    assertThat(written).isEmpty();
  }

  private static ConsumerRecord<byte[], byte[]> record(byte[] value, RecordHeaders headers) {
    return new ConsumerRecord<>(
        "events",
        0,
        0,
        0,
        TimestampType.CREATE_TIME,
        1,
        1,
        new byte[] {1},
        value,
        headers,
        Optional.empty());
  }
}
