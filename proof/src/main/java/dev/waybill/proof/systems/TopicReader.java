package dev.waybill.proof.systems;

import dev.waybill.proof.KafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads a topic until it is closed, on a thread of its own. */
public final class TopicReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final String bootstrapServers;
  private final String topic;
  private final Consumer<ConsumerRecord<byte[], byte[]>> each;
  private final Thread thread;
  private final CountDownLatch positioned = new CountDownLatch(1);
  private volatile boolean atEnd;
  private volatile boolean stopping;

  public TopicReader(
      String bootstrapServers, String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    this.bootstrapServers = bootstrapServers;
    this.topic = topic;
    this.each = each;
    this.thread = new Thread(this::run, "reader of " + topic);
    thread.setDaemon(true);
  }

  /** Begins with what is there. */
  public void start() {
    thread.start();
  }

  /** Begins behind what is there; blocks until that is found. */
  public void startAtEnd() throws InterruptedException {
    atEnd = true;
    thread.start();
    positioned.await();
  }

  private void run() {
    try (KafkaConsumer<byte[], byte[]> consumer = KafkaClients.reader(bootstrapServers)) {
      List<TopicPartition> partitions = WholeTopic.partitions(consumer, topic);
      consumer.assign(partitions);
      if (atEnd) {
        consumer.seekToEnd(partitions);
      } else {
        consumer.seekToBeginning(partitions);
      }
      partitions.forEach(consumer::position);
      positioned.countDown();
      while (!stopping) {
        consumer.poll(POLL).forEach(each);
      }
    }
  }

  @Override
  public void close() {
    stopping = true;
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
