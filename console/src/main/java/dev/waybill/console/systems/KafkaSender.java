package dev.waybill.console.systems;

import dev.waybill.runtime.Causes;
import dev.waybill.runtime.topics.TopicAdmin;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Writes to Kafka, with a producer that is made when it is first needed. */
public final class KafkaSender implements Sender, AutoCloseable {
  private static final String NAME = "Kafka";

  private final Map<String, Object> clientConfig;
  private @Nullable KafkaProducer<byte[], byte[]> producer;

  /** Connects to nothing yet. */
  public KafkaSender(Map<String, Object> clientConfig) {
    this.clientConfig = clientConfig;
  }

  @Override
  public synchronized void send(List<ProducerRecord<byte[], byte[]>> records) {
    try {
      KafkaProducer<byte[], byte[]> to = producer();
      List<Future<RecordMetadata>> sent = records.stream().map(to::send).toList();
      for (Future<RecordMetadata> one : sent) {
        RecordMetadata unused = Waiting.of(NAME, one, KafkaClients.LIMIT.multipliedBy(4));
      }
    } catch (KafkaException failure) {
      throw new AwayException(NAME, String.valueOf(failure.getMessage()));
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    if (producer == null) {
      producer = new KafkaProducer<>(KafkaClients.producer(clientConfig));
    }
    return producer;
  }

  @Override
  public void makeTopic(String name, int partitions, Map<String, String> settings) {
    try (Admin admin = Admin.create(KafkaClients.admin(clientConfig))) {
      TopicAdmin topics = new TopicAdmin(admin);
      if (topics.find(name).isEmpty()) {
        var unused = topics.create(name, partitions, (short) -1, settings);
      }
    } catch (ExecutionException failure) {
      throw new AwayException(NAME, "topic " + name + ": " + Causes.of(failure));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new AwayException(NAME, "the console is stopping");
    }
  }

  @Override
  public synchronized void close() {
    if (producer != null) {
      producer.close();
    }
  }
}
