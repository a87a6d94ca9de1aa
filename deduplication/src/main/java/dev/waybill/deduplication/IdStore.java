package dev.waybill.deduplication;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Remembers event ids for at least the retention. A look-up is one point read. What is forgotten is
 * deleted a few at a time, while events come. Of one task, hence of one thread.
 *
 * <p>Every answer follows from the store's content alone, which the changelog has; what this object
 * knows besides only saves work.
 */
final class IdStore {
  static final long RETENTION_BUCKETS = 168;
  static final int DELETED_AT_ONCE = 16;

  private final KeyValueStore<Bytes, byte[]> store;
  private final IdKeys keys;
  private final IdClock clock;
  private boolean sweepIds = true;
  private boolean sweepFuture = true;
  private @Nullable Bytes sweptTo;

  IdStore(KeyValueStore<Bytes, byte[]> store, IdKeys keys) {
    this.store = store;
    this.keys = keys;
    this.clock = new IdClock(store);
  }

  @Nullable RememberedEvent find(UUID id) {
    if (keys.bucket(EventId.millis(id)) < horizon()) {
      return null; // forgotten, whether or not it is deleted yet
    }
    byte[] found = store.get(IdKeys.id(id));
    return found == null ? null : RememberedEvent.decode(found);
  }

  /**
   * Remembers the event, or replaces what was remembered of it. One older than the retention is not
   * remembered: the version store recognises it.
   *
   * @param arrivedMillis the record's timestamp, not before 1970
   */
  void remember(UUID id, RememberedEvent event, long arrivedMillis) {
    long bucket = keys.bucket(EventId.millis(id));
    if (bucket < horizon()) {
      return;
    }
    store.put(IdKeys.id(id), event.encode());
    long arrived = keys.bucket(arrivedMillis);
    if (bucket > arrived + 1) {
      store.put(IdKeys.future(arrived, id), new byte[] {1});
    }
  }

  /**
   * Moves the clock towards this time, and forgets a little of what is older than the retention.
   */
  void follow(long millis) {
    long before = clock.bucket();
    if (clock.follow(keys.bucket(millis))) {
      sweepIds = true;
      sweepFuture = true;
      if (clock.bucket() < before) {
        sweptTo = null; // ids may come in again below what was swept
      }
    }
    if (sweepIds) {
      sweepIds();
    }
    if (sweepFuture) {
      sweepFuture();
    }
  }

  /** The first bucket that is remembered. */
  private long horizon() {
    return Math.max(0, clock.bucket() - RETENTION_BUCKETS);
  }

  private void sweepIds() {
    Bytes from = sweptTo == null ? keys.idsFrom(0) : sweptTo;
    List<Bytes> old = first(from, keys.idsFrom(horizon()));
    old.forEach(store::delete);
    sweepIds = old.size() == DELETED_AT_ONCE;
    if (!old.isEmpty()) {
      sweptTo = old.get(old.size() - 1);
    }
  }

  private void sweepFuture() {
    List<Bytes> old = first(IdKeys.futureFrom(0), IdKeys.futureFrom(horizon()));
    for (Bytes key : old) {
      store.delete(IdKeys.idOfFuture(key));
      store.delete(key);
    }
    sweepFuture = old.size() == DELETED_AT_ONCE;
  }

  private List<Bytes> first(Bytes from, Bytes to) {
    List<Bytes> found = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries = store.range(from, to)) {
      while (found.size() < DELETED_AT_ONCE && entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        found.add(entry.key);
      }
    }
    return found;
  }
}
