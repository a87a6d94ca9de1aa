package dev.waybill.proof.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.uuid.Generators;
import dev.waybill.stack.KafkaServer;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A system that writes events as it likes, but keeps to the format. */
public final class AnotherSystem {
  private AnotherSystem() {}

  /**
   * Writes an event, and waits until it is there.
   *
   * @return its id
   */
  public static UUID write(
      KafkaServer kafka,
      String topic,
      String type,
      String aggregateId,
      long version,
      GenericRecord value,
      Serializer<GenericRecord> serializer)
      throws ExecutionException, InterruptedException {
    UUID id = Generators.timeBasedEpochGenerator().generate();
    ProducerRecord<String, GenericRecord> record = new ProducerRecord<>(topic, aggregateId, value);
    Headers headers = record.headers();
    headers.add("ce_specversion", "1.0".getBytes(UTF_8));
    headers.add("ce_id", id.toString().getBytes(UTF_8));
    headers.add("ce_source", "/another/system".getBytes(UTF_8));
    headers.add("ce_type", type.getBytes(UTF_8));
    headers.add("ce_time", Instant.now().toString().getBytes(UTF_8));
    headers.add("ce_sequence", Long.toString(version).getBytes(UTF_8));
    try (KafkaProducer<String, GenericRecord> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new StringSerializer(),
            serializer)) {
      producer.send(record).get();
    }
    return id;
  }
}
