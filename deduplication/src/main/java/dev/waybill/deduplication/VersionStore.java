package dev.waybill.deduplication;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** The last version of each aggregate, for ever. */
final class VersionStore {
  private final KeyValueStore<Bytes, byte[]> store;

  VersionStore(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  Versions of(byte[] aggregateId) {
    return Versions.decode(store.get(Bytes.wrap(aggregateId)));
  }

  void put(byte[] aggregateId, Versions versions) {
    store.put(Bytes.wrap(aggregateId), versions.encode());
  }
}
