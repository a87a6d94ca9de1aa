package dev.waybill.proof.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.uuid.Generators;
import dev.waybill.proof.ledger.Injected;
import dev.waybill.proof.ledger.Injected.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Writes records into the events' topic that no relay wrote, and tells of each. Remembers some
 * thousand of the events that it is shown, to copy them. Thread-safe.
 */
public final class Injector {
  private static final String ID = "ce_id";
  private static final int REMEMBERED = 5_000;

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final Consumer<Injected> written;
  private final List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>();
  private int shown;

  /**
   * @param producer has its answers before {@code send(…).get()} returns
   * @param written told of each record that the broker has
   */
  public Injector(Producer<byte[], byte[]> producer, String topic, Consumer<Injected> written) {
    this.producer = producer;
    this.topic = topic;
    this.written = written;
  }

  /** An event that is in the topic. */
  public synchronized void show(ConsumerRecord<byte[], byte[]> event) {
    if (event.headers().lastHeader(ID) == null) {
      return;
    }
    if (events.size() < REMEMBERED) {
      events.add(event);
    } else if (shown % 10 == 0) {
      events.set(shown / 10 % REMEMBERED, event);
    }
    shown++;
  }

  private synchronized @Nullable ConsumerRecord<byte[], byte[]> any(Random random) {
    return events.isEmpty() ? null : events.get(random.nextInt(events.size()));
  }

  /** Sends events again as they are. */
  public void copy(int count, long seed) throws ExecutionException, InterruptedException {
    Random random = new Random(seed);
    for (int copied = 0; copied < count; copied++) {
      ConsumerRecord<byte[], byte[]> event = any(random);
      if (event != null) {
        send(Kind.COPY, event.key(), event.value(), event.headers());
      }
    }
  }

  /** Sends an event's id again, with another event's value. */
  public void contradict(long seed) throws ExecutionException, InterruptedException {
    Random random = new Random(seed);
    ConsumerRecord<byte[], byte[]> event = any(random);
    ConsumerRecord<byte[], byte[]> other = any(random);
    if (event != null && other != null && !Arrays.equals(event.value(), other.value())) {
      send(Kind.CONFLICT, event.key(), other.value(), event.headers());
    }
  }

  /** Sends what can be no event, each of another kind. */
  public void poison(int count, long seed) throws ExecutionException, InterruptedException {
    Random random = new Random(seed);
    for (int sent = 0; sent < count; sent++) {
      byte[] key = ("nobody-" + random.nextInt(1_000_000)).getBytes(UTF_8);
      byte[] garbage = new byte[random.nextInt(200)];
      random.nextBytes(garbage);
      Headers headers = new RecordHeaders();
      switch (random.nextInt(4)) {
        case 0 -> { // no id
        }
        case 1 -> headers.add(ID, garbage);
        case 2 -> {
          headers.add(ID, newId());
          headers.add("ce_sequence", "minus one".getBytes(UTF_8));
        }
        default -> {
          headers.add(ID, newId());
          headers.add("ce_sequence", "1".getBytes(UTF_8));
        }
      }
      send(Kind.POISON, key, garbage, headers);
    }
  }

  private static byte[] newId() {
    return Generators.timeBasedEpochGenerator().generate().toString().getBytes(UTF_8);
  }

  private void send(Kind kind, byte[] key, byte @Nullable [] value, Headers headers)
      throws ExecutionException, InterruptedException {
    RecordMetadata sent =
        producer.send(new ProducerRecord<>(topic, null, key, value, headers)).get();
    written.accept(
        new Injected(
            System.currentTimeMillis(), kind, sent.partition(), sent.offset(), id(headers)));
  }

  private static String id(Headers headers) {
    Header id = headers.lastHeader(ID);
    return id == null ? "" : new String(id.value(), UTF_8);
  }
}
