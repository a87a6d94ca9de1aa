package dev.waybill.consumer.orders;

import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the table of customers' totals: adds each delta once, whatever Kafka's offsets say. It
 * remembers how far it has added of each count of each sender, in the transaction that adds.
 */
final class CustomersProcessor implements Processor<String, CustomerTotals, Void, Void> {
  private final Runnable dropped;
  private @Nullable TimestampedKeyValueStore<String, CustomerTotals> customers;
  private @Nullable KeyValueStore<Bytes, Long> added;

  private CustomersProcessor(Runnable dropped) {
    this.dropped = dropped;
  }

  static ProcessorSupplier<String, CustomerTotals, Void, Void> supplier(Runnable dropped) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<String, CustomerTotals, Void, Void> get() {
        return new CustomersProcessor(dropped);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(
            Stores.timestampedKeyValueStoreBuilder(
                    Stores.persistentTimestampedKeyValueStore(OrderTopology.CUSTOMERS),
                    Serdes.String(),
                    new CustomerTotalsSerde())
                .withCachingEnabled(),
            Stores.keyValueStoreBuilder(
                    Stores.persistentKeyValueStore(OrderTopology.DELTAS_ADDED),
                    Serdes.Bytes(),
                    Serdes.Long())
                .withCachingEnabled());
      }
    };
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    customers = context.getStateStore(OrderTopology.CUSTOMERS);
    added = context.getStateStore(OrderTopology.DELTAS_ADDED);
  }

  @Override
  public void process(Record<String, CustomerTotals> delta) {
    DeltaOrigin origin = DeltaOrigin.of(delta.headers());
    if (origin == null || isNew(origin)) {
      add(delta);
    } else {
      dropped.run();
    }
  }

  private boolean isNew(DeltaOrigin origin) {
    KeyValueStore<Bytes, Long> progress = Objects.requireNonNull(added);
    Long last = progress.get(origin.countKey());
    if (last != null && origin.number() <= last) {
      return false;
    }
    progress.put(origin.countKey(), origin.number());
    return true;
  }

  private void add(Record<String, CustomerTotals> delta) {
    TimestampedKeyValueStore<String, CustomerTotals> table = Objects.requireNonNull(customers);
    ValueAndTimestamp<CustomerTotals> before = table.get(delta.key());
    table.put(
        delta.key(),
        before == null
            ? ValueAndTimestamp.make(CustomerTotals.NONE.plus(delta.value()), delta.timestamp())
            : ValueAndTimestamp.make(
                before.value().plus(delta.value()),
                Math.max(before.timestamp(), delta.timestamp())));
  }
}
