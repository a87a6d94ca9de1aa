package dev.waybill.proof.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.registry.AvroDeserializer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Prints each event once: Kafka's own consumer, generic records. */
public final class ReadOrders {
  private ReadOrders() {}

  /** Kafka's address, the registry's, the topic. */
  public static void main(String[] arguments) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", arguments[0]);
    settings.put("schema.registry.url", arguments[1]);
    settings.put("group.id", "read-orders");
    settings.put("auto.offset.reset", "earliest");
    settings.put("isolation.level", "read_committed");
    settings.put("key.deserializer", StringDeserializer.class);
    settings.put("value.deserializer", AvroDeserializer.class);
    settings.put("avro.use.logical.type.converters", true);
    Set<String> handled = new HashSet<>();
    try (KafkaConsumer<String, GenericRecord> consumer = new KafkaConsumer<>(settings)) {
      consumer.subscribe(List.of(arguments[2]));
      while (true) {
        for (ConsumerRecord<String, GenericRecord> record : consumer.poll(Duration.ofSeconds(1))) {
          if (handled.add(header(record, "ce_id"))) {
            String what = header(record, "ce_type") + " " + header(record, "ce_sequence");
            System.out.println(what + " of " + record.key() + ": " + text(record.value()));
          }
        }
      }
    }
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  /** A total is a BigDecimal, a time an Instant. */
  private static String text(GenericRecord event) {
    if (event == null) {
      return "erased";
    }
    GenericRecord order = (GenericRecord) event.get("order");
    GenericRecord total = (GenericRecord) order.get("total");
    return total.get("amount") + " " + total.get("currency") + " at " + order.get("updatedAt");
  }
}
