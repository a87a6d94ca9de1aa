package dev.waybill.deduplication;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The part of the id store for ids that have no time in them. Each is remembered for the retention
 * from when it was seen, which is the later of its record's timestamp and the store's clock; a
 * second entry, sorted by that, says what to forget next. Of one task.
 */
final class UntimedIds {
  private final KeyValueStore<Bytes, byte[]> store;
  private final IdKeys keys;
  private final IdClock clock;
  private boolean due = true;

  UntimedIds(KeyValueStore<Bytes, byte[]> store, IdKeys keys, IdClock clock) {
    this.store = store;
    this.keys = keys;
    this.clock = clock;
  }

  /** What an entry says of its event: behind the time since when it is remembered. */
  static RememberedEvent event(byte[] entry) {
    return RememberedEvent.decode(Arrays.copyOfRange(entry, Long.BYTES, entry.length));
  }

  private static long since(byte[] entry) {
    return ByteBuffer.wrap(entry).getLong();
  }

  @Nullable RememberedEvent find(UUID id, long horizon) {
    byte[] found = store.get(IdKeys.other(id));
    return found == null || keys.bucket(since(found)) < horizon ? null : event(found);
  }

  boolean isLetter(UUID id, ContentDigest digest) {
    return store.get(IdKeys.otherLetter(id, digest)) != null;
  }

  /** Whether what was seen at this time would be remembered. */
  boolean reaches(long millis, long horizon) {
    long bucket = keys.bucket(millis);
    byte[] forgotten = store.get(IdKeys.FORGOTTEN_OTHERS);
    return bucket >= horizon
        && (forgotten == null || bucket * keys.bucketMillis() > since(forgotten));
  }

  /** A copy that is counted does not prolong the time. */
  void remember(UUID id, RememberedEvent event, long arrivedMillis, long horizon) {
    Bytes key = IdKeys.other(id);
    byte[] before = store.get(key);
    boolean counted =
        before != null
            && keys.bucket(since(before)) >= horizon
            && event(before).applied() == event.applied();
    long since = counted ? since(before) : since(key, arrivedMillis);
    byte[] now = event.encode();
    store.put(key, ByteBuffer.allocate(Long.BYTES + now.length).putLong(since).put(now).array());
  }

  /** For as long as the event is remembered that has the id, or longer. */
  void rememberLetter(UUID id, ContentDigest digest) {
    Bytes key = IdKeys.otherLetter(id, digest);
    byte[] event = store.get(IdKeys.other(id));
    long since = since(key, event == null ? 0 : since(event));
    store.put(key, ByteBuffer.allocate(Long.BYTES).putLong(since).array());
  }

  /** Since when something is remembered that arrives now, in milliseconds. */
  private long since(Bytes entry, long arrivedMillis) {
    long bucket = Math.max(clock.bucket(), keys.bucket(arrivedMillis));
    store.put(keys.otherSince(bucket, entry), new byte[] {1});
    return bucket * keys.bucketMillis();
  }

  /** The clock has moved: there may be something to forget. */
  void again() {
    due = true;
  }

  /** Forgets a little of what is older. */
  void sweep(long horizon) {
    if (!due) {
      return;
    }
    List<Bytes> old = IdStore.first(store, keys.otherSinceFrom(0), keys.otherSinceFrom(horizon));
    for (Bytes since : old) {
      Bytes entry = IdKeys.entryOf(since);
      byte[] found = store.get(entry);
      // One that became something else meanwhile has a later one of these keys.
      if (found != null && since(found) == IdKeys.millisOf(since)) {
        store.delete(entry);
      }
      store.delete(since);
    }
    if (!old.isEmpty()) {
      forgot(IdKeys.millisOf(old.get(old.size() - 1)));
    }
    due = old.size() == IdStore.DELETED_AT_ONCE;
  }

  private void forgot(long millis) {
    byte[] latest = store.get(IdKeys.FORGOTTEN_OTHERS);
    if (latest == null || millis > since(latest)) {
      store.put(IdKeys.FORGOTTEN_OTHERS, ByteBuffer.allocate(Long.BYTES).putLong(millis).array());
    }
  }
}
