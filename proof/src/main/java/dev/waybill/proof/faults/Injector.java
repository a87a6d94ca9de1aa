package dev.waybill.proof.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.uuid.Generators;
import dev.waybill.proof.ledger.Injected;
import dev.waybill.proof.ledger.Injected.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
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
  private static final String VERSION = "ce_sequence";
  private static final int REMEMBERED = 5_000;

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final Consumer<Injected> written;
  private final List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>();
  private final Set<String> poisonous = new HashSet<>();
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

  /** A record that is in the topic; poison is no event, and is not copied. */
  public synchronized void show(ConsumerRecord<byte[], byte[]> event) {
    if (event.headers().lastHeader(ID) == null || poisonous.contains(id(event.headers()))) {
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

  /**
   * Sends events again: as they are, or with one header more, as somebody's mirror would; now and
   * then into a partition that is not theirs.
   */
  public void copy(int count, long seed) throws ExecutionException, InterruptedException {
    Random random = new Random(seed);
    for (int copied = 0; copied < count; copied++) {
      ConsumerRecord<byte[], byte[]> event = any(random);
      if (event != null) {
        Headers headers = new RecordHeaders(event.headers().toArray());
        if (random.nextInt(3) == 0) {
          headers.add("mirrored-by", newId());
        }
        if (random.nextInt(20) == 0) {
          int partitions = producer.partitionsFor(topic).size();
          int astray = (event.partition() + 1 + random.nextInt(partitions - 1)) % partitions;
          send(Kind.STRAY, astray, event.key(), event.value(), headers);
        } else {
          send(Kind.COPY, null, event.key(), event.value(), headers);
        }
      }
    }
  }

  /** Sends an event's id again, with another event's value. */
  public void contradict(long seed) throws ExecutionException, InterruptedException {
    Random random = new Random(seed);
    ConsumerRecord<byte[], byte[]> event = any(random);
    ConsumerRecord<byte[], byte[]> other = any(random);
    if (event != null && other != null && !Arrays.equals(event.value(), other.value())) {
      send(Kind.CONFLICT, null, event.key(), other.value(), event.headers());
    }
  }

  /** Sends what can be no event, each of another kind. */
  public void poison(int count, long seed) throws ExecutionException, InterruptedException {
    Random random = new Random(seed);
    for (int sent = 0; sent < count; sent++) {
      poison(random);
    }
  }

  private void poison(Random random) throws ExecutionException, InterruptedException {
    byte[] key = ("nobody-" + random.nextInt(1_000_000)).getBytes(UTF_8);
    byte[] garbage = new byte[random.nextInt(200)];
    random.nextBytes(garbage);
    Headers event = new RecordHeaders();
    event.add(ID, newId()).add(VERSION, "1".getBytes(UTF_8));
    switch (random.nextInt(9)) {
      case 0 -> poison(key, garbage, new RecordHeaders()); // no id
      case 1 -> poison(key, garbage, new RecordHeaders().add(ID, garbage));
      case 2 -> {
        event.remove(VERSION).add(VERSION, "minus one".getBytes(UTF_8));
        poison(key, garbage, event);
      }
      case 3 -> poison(random.nextBoolean() ? new byte[0] : new byte[] {-1, -2}, garbage, event);
      case 4 -> poison(key, new byte[0], event);
      case 5 -> poison(key, null, new RecordHeaders()); // a tombstone of what never was
      case 6 -> poison(key, ByteBuffer.allocate(200).put((byte) 0).putInt(999_999).array(), event);
      case 7 -> {
        byte[] huge = new byte[900_000];
        random.nextBytes(huge);
        poison(key, huge, event);
      }
      default -> {
        ConsumerRecord<byte[], byte[]> real = any(random);
        event.remove(VERSION).add(VERSION, Long.toString(Long.MAX_VALUE).getBytes(UTF_8));
        poison(real == null ? key : real.key(), real == null ? garbage : real.value(), event);
      }
    }
  }

  private void poison(byte[] key, byte @Nullable [] value, Headers headers)
      throws ExecutionException, InterruptedException {
    synchronized (this) {
      poisonous.add(id(headers));
    }
    send(Kind.POISON, null, key, value, headers);
  }

  private static byte[] newId() {
    return Generators.timeBasedEpochGenerator().generate().toString().getBytes(UTF_8);
  }

  private void send(
      Kind kind, @Nullable Integer partition, byte[] key, byte @Nullable [] value, Headers headers)
      throws ExecutionException, InterruptedException {
    RecordMetadata sent =
        producer.send(new ProducerRecord<>(topic, partition, key, value, headers)).get();
    written.accept(
        new Injected(
            System.currentTimeMillis(), kind, sent.partition(), sent.offset(), id(headers)));
  }

  private static String id(Headers headers) {
    Header id = headers.lastHeader(ID);
    return id == null ? "" : new String(id.value(), UTF_8);
  }
}
