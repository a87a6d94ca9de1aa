package dev.waybill.consumer.orders;

import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Sends what each change adds to customers' totals, numbered. The last number is in a store of the
 * task, so that what is sent and what it is called are one Kafka transaction: a number is never
 * given to two deltas that committed.
 */
final class DeltasProcessor implements Processor<byte[], OrderChange, String, CustomerTotals> {
  private @Nullable ProcessorContext<String, CustomerTotals> context;
  private @Nullable KeyValueStore<Integer, byte[]> sent;

  private DeltasProcessor() {}

  static ProcessorSupplier<byte[], OrderChange, String, CustomerTotals> supplier() {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<byte[], OrderChange, String, CustomerTotals> get() {
        return new DeltasProcessor();
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(
            Stores.keyValueStoreBuilder(
                    Stores.persistentKeyValueStore(OrderTopology.DELTAS_SENT),
                    Serdes.Integer(),
                    Serdes.ByteArray())
                .withCachingEnabled());
      }
    };
  }

  @Override
  public void init(ProcessorContext<String, CustomerTotals> taskContext) {
    context = taskContext;
    sent = taskContext.getStateStore(OrderTopology.DELTAS_SENT);
  }

  @Override
  public void process(Record<byte[], OrderChange> record) {
    for (KeyValue<String, CustomerTotals> delta : record.value().deltas()) {
      RecordHeaders headers = new RecordHeaders(record.headers());
      headers.add(DeltaOrigin.HEADER, next().encode());
      Objects.requireNonNull(context)
          .forward(new Record<>(delta.key, delta.value, record.timestamp(), headers));
    }
  }

  private DeltaOrigin next() {
    KeyValueStore<Integer, byte[]> store = Objects.requireNonNull(sent);
    int self = Objects.requireNonNull(context).taskId().partition();
    byte[] last = store.get(self);
    DeltaOrigin next = (last == null ? DeltaOrigin.begin(self) : DeltaOrigin.decode(last)).next();
    store.put(self, next.encode());
    return next;
  }
}
