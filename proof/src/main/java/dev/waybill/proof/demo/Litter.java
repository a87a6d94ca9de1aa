package dev.waybill.proof.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** What somebody without manners writes into the topic: copies of events, and poison. */
final class Litter {
  /** A header of poison, so that nobody takes it for an event because it has an id. */
  static final String MARK = "litter";

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final Random random;
  private int copies;
  private int conflicts;
  private int poison;

  Litter(Producer<byte[], byte[]> producer, String topic, Random random) {
    this.producer = producer;
    this.topic = topic;
    this.random = random;
  }

  /** Sends some of the records again as they are. */
  void repeat(List<ConsumerRecord<byte[], byte[]>> records, int count)
      throws ExecutionException, InterruptedException {
    for (int i = 0; i < count; i++) {
      ConsumerRecord<byte[], byte[]> one = records.get(random.nextInt(records.size()));
      send(one.key(), one.value(), one);
      copies++;
    }
  }

  /** Sends an event's id again, with the value of another event. */
  void contradict(ConsumerRecord<byte[], byte[]> event, ConsumerRecord<byte[], byte[]> other)
      throws ExecutionException, InterruptedException {
    send(event.key(), other.value(), event);
    conflicts++;
  }

  /** Sends what cannot be an event: no id, and a value that nobody can decode under a new id. */
  void poison(UUID newEventId) throws ExecutionException, InterruptedException {
    String nobody = "nobody-" + random.nextInt(1_000_000);
    byte[] garbage = new byte[40];
    random.nextBytes(garbage);
    producer.send(new ProducerRecord<>(topic, nobody.getBytes(UTF_8), garbage)).get();
    RecordHeaders headers = new RecordHeaders();
    headers.add("ce_id", newEventId.toString().getBytes(UTF_8));
    headers.add("ce_sequence", "1".getBytes(UTF_8));
    headers.add(MARK, new byte[0]);
    producer
        .send(new ProducerRecord<>(topic, null, nobody.getBytes(UTF_8), garbage, headers))
        .get();
    poison += 2;
  }

  private void send(
      byte[] key, byte @Nullable [] value, ConsumerRecord<byte[], byte[]> withHeadersOf)
      throws ExecutionException, InterruptedException {
    producer.send(new ProducerRecord<>(topic, null, key, value, withHeadersOf.headers())).get();
  }

  /** Copies sent. */
  int copies() {
    return copies;
  }

  /** Contradictions sent. */
  int conflicts() {
    return conflicts;
  }

  /** Records that can only become dead letters: poison and contradictions. */
  int expectedDeadLetters() {
    return poison + conflicts;
  }
}
