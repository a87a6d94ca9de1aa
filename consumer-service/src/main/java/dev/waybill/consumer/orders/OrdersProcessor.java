package dev.waybill.consumer.orders;

import dev.waybill.deduplication.NewEvent;
import dev.waybill.orders.OrderEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** Keeps the table of orders, and forwards what each event did to it. */
final class OrdersProcessor
    implements FixedKeyProcessor<byte[], NewEvent<OrderEvent>, OrderChange> {
  private static final String TRACE = "traceparent";

  private final Consumer<Duration> latency;
  private @Nullable FixedKeyProcessorContext<byte[], OrderChange> context;
  private @Nullable KeyValueStore<Bytes, OrderState> orders;

  private OrdersProcessor(Consumer<Duration> latency) {
    this.latency = latency;
  }

  static FixedKeyProcessorSupplier<byte[], NewEvent<OrderEvent>, OrderChange> supplier(
      Consumer<Duration> latency) {
    return new FixedKeyProcessorSupplier<>() {
      @Override
      public FixedKeyProcessor<byte[], NewEvent<OrderEvent>, OrderChange> get() {
        return new OrdersProcessor(latency);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(
            Stores.keyValueStoreBuilder(
                    Stores.persistentKeyValueStore(OrderTopology.ORDERS),
                    Serdes.Bytes(),
                    new OrderStateSerde())
                .withCachingEnabled());
      }
    };
  }

  @Override
  public void init(FixedKeyProcessorContext<byte[], OrderChange> taskContext) {
    context = taskContext;
    orders = taskContext.getStateStore(OrderTopology.ORDERS);
  }

  @Override
  public void process(FixedKeyRecord<byte[], NewEvent<OrderEvent>> record) {
    FixedKeyProcessorContext<byte[], OrderChange> task = Objects.requireNonNull(context);
    NewEvent<OrderEvent> event = record.value();
    OrderChange change = change(Bytes.wrap(record.key()), event);
    long now = task.currentSystemTimeMs();
    Instant occurredAt = event.occurredAt();
    if (occurredAt != null) {
      latency.accept(Duration.ofMillis(Math.max(0, now - occurredAt.toEpochMilli())));
    }
    // What follows is new today, whenever the event was: its topics' retention counts from here.
    task.forward(record.withValue(change).withTimestamp(now).withHeaders(trace(record.headers())));
  }

  private OrderChange change(Bytes key, NewEvent<OrderEvent> event) {
    KeyValueStore<Bytes, OrderState> table = Objects.requireNonNull(orders);
    OrderState before = table.get(key);
    if (event.newerApplied()) {
      return new OrderChange(event, before, before);
    }
    OrderEvent value = event.value();
    if (value == null) {
      table.delete(key);
      return new OrderChange(event, before, null);
    }
    OrderState after = OrderState.of(value.getOrder());
    table.put(key, after);
    return new OrderChange(event, before, after);
  }

  private static Headers trace(Headers headers) {
    RecordHeaders kept = new RecordHeaders();
    Header trace = headers.lastHeader(TRACE);
    if (trace != null) {
      kept.add(trace);
    }
    return kept;
  }
}
