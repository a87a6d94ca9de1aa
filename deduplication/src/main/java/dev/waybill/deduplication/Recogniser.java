package dev.waybill.deduplication;

import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** What each task of a deduplication is made of, and its two stores. */
record Recogniser<K, I, V>(
    DeduplicationSettings settings,
    Form<K, I, V> form,
    EventIdentity<? super K, ? super I> identity,
    DecisionListener listener,
    Predicate<Throwable> outage,
    Attempts attempts)
    implements FixedKeyProcessorSupplier<K, I, Recognised<V>> {

  @Override
  public FixedKeyProcessor<K, I, Recognised<V>> get() {
    return new DeduplicationProcessor<>(this);
  }

  /**
   * Ids are mostly written once and never read again, so a cache would only add work; an
   * aggregate's next event often follows soon.
   */
  @Override
  public Set<StoreBuilder<?>> stores() {
    return Set.of(
        store(settings.idStore()).withCachingDisabled(),
        store(settings.versionStore()).withCachingEnabled());
  }

  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
  }
}
