package dev.waybill.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A {@code read_committed} reader, on a thread of its own, of what is written to a topic from now
 * on. Notes when each event came; its number is the record's key.
 */
final class TopicReader implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final long[] arrivals;
  private final Thread thread = new Thread(this::read, "reader");
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private volatile boolean stopping;

  private TopicReader(KafkaConsumer<byte[], byte[]> consumer, int events) {
    this.consumer = consumer;
    this.arrivals = new long[events];
  }

  /** Starts reading at the topic's end; blocks until it knows where that is. */
  static TopicReader start(String bootstrapServers, String topic, int events) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    TopicReader reader = new TopicReader(consumer, events);
    reader.thread.start();
    return reader;
  }

  private void read() {
    try (consumer) {
      int left = arrivals.length;
      while (left > 0 && !stopping) {
        var records = consumer.poll(Duration.ofMillis(100));
        long now = System.nanoTime();
        for (ConsumerRecord<byte[], byte[]> record : records) {
          arrivals[Integer.parseInt(new String(record.key(), US_ASCII))] = now;
          left--;
        }
      }
      done.complete(null);
    } catch (RuntimeException failure) {
      done.completeExceptionally(failure);
    }
  }

  /** When each event came, in {@link System#nanoTime}, by its number; blocks until all have. */
  long[] arrivals() throws Exception {
    done.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    return arrivals;
  }

  @Override
  public void close() {
    stopping = true;
    consumer.wakeup();
  }
}
