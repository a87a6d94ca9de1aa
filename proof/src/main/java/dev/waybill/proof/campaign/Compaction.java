package dev.waybill.proof.campaign;

import dev.waybill.proof.KafkaClients;
import dev.waybill.proof.systems.Topics;
import dev.waybill.proof.systems.WholeTopic;
import dev.waybill.stack.KafkaServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** Has the events' topic compacted, which nobody may read meanwhile but who looks. */
final class Compaction {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final ConfigResource TOPIC =
      new ConfigResource(ConfigResource.Type.TOPIC, Topics.EVENTS);
  private static final ConfigResource ALL_BROKERS =
      new ConfigResource(ConfigResource.Type.BROKER, "");

  private final KafkaServer kafka;

  Compaction(KafkaServer kafka) {
    this.kafka = kafka;
  }

  /**
   * Blocks until nothing is compacted any more.
   *
   * @return the offset of the last record of each partition
   * @throws IllegalStateException when nothing was compacted in a minute
   */
  Map<TopicPartition, Long> force() throws ExecutionException, InterruptedException {
    long before = read().records();
    Map<String, Object> config =
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    try (Admin admin = Admin.create(config)) {
      Map<ConfigResource, Collection<AlterConfigOp>> changes =
          Map.of(
              TOPIC,
              List.of(
                  set("min.compaction.lag.ms", "0"),
                  set("max.compaction.lag.ms", "1"),
                  set("segment.ms", "1"),
                  set("min.cleanable.dirty.ratio", "0.0")),
              ALL_BROKERS,
              List.of(set("log.cleaner.backoff.ms", "500")));
      admin.incrementalAlterConfigs(changes).all().get();
    }
    long deadline = System.nanoTime() + LIMIT.toNanos();
    long last = before;
    while (true) {
      appendToEach(); // Only what is before the segment that is written to is compacted.
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
      Read now = read();
      if (now.records() < before && Math.abs(now.records() - last) <= now.last().size()) {
        return now.last();
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "the topic was not compacted: it has %s records, and had %s"
                .formatted(now.records(), before));
      }
      last = now.records();
    }
  }

  private static AlterConfigOp set(String name, String value) {
    return new AlterConfigOp(new ConfigEntry(name, value), OpType.SET);
  }

  private void appendToEach() throws ExecutionException, InterruptedException {
    byte[] key = "nobody".getBytes(StandardCharsets.UTF_8);
    try (KafkaProducer<byte[], byte[]> producer = KafkaClients.writer(kafka.bootstrapServers())) {
      int partitions = producer.partitionsFor(Topics.EVENTS).size();
      for (int partition = 0; partition < partitions; partition++) {
        producer.send(new ProducerRecord<>(Topics.EVENTS, partition, key, null)).get();
      }
    }
  }

  private record Read(long records, Map<TopicPartition, Long> last) {}

  private Read read() {
    AtomicLong records = new AtomicLong();
    Map<TopicPartition, Long> last = new HashMap<>();
    WholeTopic.read(
        kafka.bootstrapServers(),
        Topics.EVENTS,
        LIMIT,
        record -> {
          records.incrementAndGet();
          last.put(new TopicPartition(record.topic(), record.partition()), record.offset());
        });
    return new Read(records.get(), last);
  }
}
