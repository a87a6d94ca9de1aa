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

  @Nullable RememberedEvent find(UUID id) {
    byte[] found = store.get(IdKeys.other(id));
    return found == null ? null : event(found);
  }

  boolean isLetter(UUID id, ContentDigest digest) {
    return store.get(IdKeys.otherLetter(id, digest)) != null;
  }

  /**
   * Whether what was seen at this time would be remembered: nothing so late was ever forgotten. The
   * clock is not asked, so that a first record that is dated ahead makes nobody look old.
   */
  boolean reaches(long millis) {
    byte[] forgotten = store.get(IdKeys.FORGOTTEN_OTHERS);
    return forgotten == null || millis > since(forgotten);
  }

  /** A copy that is counted does not prolong the time. */
  void remember(UUID id, RememberedEvent event, long arrivedMillis) {
    Bytes key = IdKeys.other(id);
    byte[] before = store.get(key);
    boolean counted = before != null && event(before).applied() == event.applied();
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
    long millis = Math.max(clock.bucket() * keys.bucketMillis(), arrivedMillis);
    store.put(IdKeys.otherSince(millis, entry), new byte[] {1});
    return millis;
  }

  /** The clock has moved: there may be something to forget. */
  void again() {
    due = true;
  }

  /**
   * Forgets a little of what is older.
   *
   * @param horizon the first bucket that is remembered
   */
  void sweep(long horizon) {
    if (!due) {
      return;
    }
    List<Bytes> old =
        IdStore.first(
            store, IdKeys.otherSinceFrom(0), IdKeys.otherSinceFrom(horizon * keys.bucketMillis()));
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
