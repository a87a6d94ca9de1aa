package dev.waybill.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.waybill.orders.Order;
import dev.waybill.orders.OrderEvent;
import dev.waybill.orders.OrderEventType;
import dev.waybill.registry.AvroSerializer;
import dev.waybill.registry.SchemaRegistry;
import dev.waybill.registry.SchemaRegistryConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Order events as the relay publishes them: each order is placed, paid and shipped, and between two
 * events of an order lie some hundreds of other orders'.
 */
final class OrderRecords {
  private static final int ORDERS_AT_ONCE = 500;
  private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();

  private final String topic;
  private final AvroSerializer<OrderEvent> serializer;
  private final OrderStates states = new OrderStates(7);

  private OrderRecords(String topic, AvroSerializer<OrderEvent> serializer) {
    this.topic = topic;
    this.serializer = serializer;
  }

  /** Fills the topic with that many events; blocks until all are acknowledged. */
  @SuppressWarnings("FutureReturnValueIgnored") // the callback is told
  static void preload(Stage stage, String topic, int events) {
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            stage.bootstrapServers(),
            "compression.type",
            "lz4",
            "batch.size",
            262_144,
            "linger.ms",
            20);
    try (SchemaRegistry registry =
            new SchemaRegistry(SchemaRegistryConfig.of(stage.registryUrl()));
        Producer<byte[], byte[]> producer =
            new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      OrderRecords records = new OrderRecords(topic, new AvroSerializer<>(registry));
      int left = events;
      while (left > 0) {
        for (ProducerRecord<byte[], byte[]> record : records.some(left)) {
          producer.send(record, (metadata, failed) -> failure.compareAndSet(null, failed));
          left--;
        }
      }
      producer.flush();
    }
    if (failure.get() != null) {
      throw new IllegalStateException("the topic was not filled", failure.get());
    }
  }

  /** The events of some orders' lives, at most that many. */
  private List<ProducerRecord<byte[], byte[]>> some(int atMost) {
    List<Order> orders = Stream.generate(states::placed).limit(ORDERS_AT_ONCE).toList();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int step = 0; step < OrderStates.STEPS; step++) {
      for (Order order : orders) {
        if (step > 0) {
          OrderStates.next(order);
        }
        records.add(record(order));
      }
    }
    return records.subList(0, Math.min(atMost, records.size()));
  }

  private ProducerRecord<byte[], byte[]> record(Order order) {
    OrderEventType type = OrderEventType.valueOf(order.getStatus().name());
    byte[] value =
        serializer.serialize(topic, OrderEvent.newBuilder().setType(type).setOrder(order).build());
    byte[] key = order.getOrderId().toString().getBytes(UTF_8);
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key, value);
    Headers headers = record.headers();
    headers.add("ce_specversion", "1.0".getBytes(UTF_8));
    headers.add("ce_id", IDS.generate().toString().getBytes(UTF_8));
    headers.add("ce_source", "/waybill/orders".getBytes(UTF_8));
    headers.add("ce_type", OrderStates.eventType(order).getBytes(UTF_8));
    headers.add("ce_subject", key);
    headers.add("ce_time", Instant.now().toString().getBytes(UTF_8));
    headers.add("ce_sequence", Long.toString(order.getVersion()).getBytes(UTF_8));
    headers.add("content-type", "application/avro".getBytes(UTF_8));
    return record;
  }
}
