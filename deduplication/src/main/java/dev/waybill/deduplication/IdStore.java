package dev.waybill.deduplication;

import dev.waybill.deduplication.IdKeys.ById;
import java.nio.ByteBuffer;
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
  private final UntimedIds untimed;
  private final Sweep events = new Sweep(ById.EVENT);
  private final Sweep letters = new Sweep(ById.LETTER);
  private boolean sweepFuture = true;
  private boolean tookOver;

  IdStore(KeyValueStore<Bytes, byte[]> store, IdKeys keys) {
    this.store = store;
    this.keys = keys;
    this.clock = new IdClock(store, keys);
    this.untimed = new UntimedIds(store, keys, clock);
  }

  @Nullable RememberedEvent find(UUID id) {
    if (!EventId.hasTime(id)) {
      return untimed.find(id);
    }
    if (keys.bucket(EventId.millis(id)) < horizon()) {
      return null; // forgotten, whether or not it is deleted yet
    }
    byte[] found = store.get(IdKeys.id(id));
    return found == null ? null : RememberedEvent.decode(found);
  }

  /** Whether this content came under this id before, and is a dead letter beside the event. */
  boolean isLetter(UUID id, ContentDigest digest) {
    return EventId.hasTime(id)
        ? store.get(IdKeys.letter(id, digest)) != null
        : untimed.isLetter(id, digest);
  }

  /**
   * Whether an event of this id, which has a time in it, would be remembered if it had ever come:
   * the store never forgot so late a one.
   */
  boolean reaches(UUID id) {
    if (keys.bucket(EventId.millis(id)) < horizon()) {
      return false;
    }
    byte[] forgotten = store.get(IdKeys.FORGOTTEN);
    return forgotten == null || IdKeys.id(id).compareTo(Bytes.wrap(forgotten)) > 0;
  }

  /** The same of an event of this time whose id has none. */
  boolean reachesOther(long millis) {
    return untimed.reaches(millis);
  }

  /**
   * Remembers the event, or replaces what was remembered of it. One older than the retention is not
   * remembered: the version store recognises it.
   *
   * @param arrivedMillis the record's timestamp, not before 1970
   */
  void remember(UUID id, RememberedEvent event, long arrivedMillis) {
    if (!EventId.hasTime(id)) {
      untimed.remember(id, event, arrivedMillis);
      return;
    }
    long bucket = keys.bucket(EventId.millis(id));
    if (bucket < horizon()) {
      forgot(IdKeys.id(id));
      return;
    }
    store.put(IdKeys.id(id), event.encode());
    long seen = Math.max(keys.bucket(arrivedMillis), clock.bucket());
    if (bucket > seen + 1) {
      store.put(keys.future(seen, id), new byte[] {1});
    }
  }

  /** Remembers a dead letter of which the event's own entry does not tell. */
  void rememberLetter(UUID id, ContentDigest digest) {
    if (!EventId.hasTime(id)) {
      untimed.rememberLetter(id, digest);
      return;
    }
    if (keys.bucket(EventId.millis(id)) >= horizon()) {
      store.put(IdKeys.letter(id, digest), new byte[] {1});
    }
  }

  /**
   * Moves the clock towards the time of this event, and forgets a little of what is older than the
   * retention.
   *
   * @param arrivedMillis the record's timestamp, not before 1970
   */
  void follow(UUID id, long arrivedMillis) {
    long before = clock.bucket();
    long arrived = keys.bucket(arrivedMillis);
    if (clock.follow(EventId.hasTime(id) ? keys.bucket(EventId.millis(id)) : arrived, arrived)) {
      boolean back = clock.bucket() < before;
      events.again(back);
      letters.again(back);
      sweepFuture = true;
      untimed.again();
    }
    events.go();
    letters.go();
    untimed.sweep(horizon());
    if (sweepFuture) {
      sweepFuture();
    }
  }

  /** The first bucket that is remembered. */
  private long horizon() {
    return Math.max(0, clock.bucket() - RETENTION_BUCKETS);
  }

  private void forgot(Bytes id) {
    byte[] latest = store.get(IdKeys.FORGOTTEN);
    if (latest == null || id.compareTo(Bytes.wrap(latest)) > 0) {
      store.put(IdKeys.FORGOTTEN, id.get());
    }
  }

  private void sweepFuture() {
    List<Bytes> old = first(store, keys.futureFrom(0), keys.futureFrom(horizon()));
    for (Bytes key : old) {
      Bytes id = IdKeys.id(IdKeys.idOfFuture(key));
      if (!isAllThatProves(store.get(id))) {
        store.delete(id);
      }
      store.delete(key);
    }
    sweepFuture = old.size() == DELETED_AT_ONCE;
  }

  /** Of an event without a version nothing else tells that it took effect. */
  private static boolean isAllThatProves(byte @Nullable [] entry) {
    RememberedEvent event = entry == null ? null : RememberedEvent.decode(entry);
    return event != null && event.applied() && event.version() == 0;
  }

  /** The first keys of a range, a few of them. */
  static List<Bytes> first(KeyValueStore<Bytes, byte[]> store, Bytes from, Bytes to) {
    List<Bytes> found = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries = store.range(from, to)) {
      while (found.size() < DELETED_AT_ONCE && entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        found.add(entry.key);
      }
    }
    return found;
  }

  /**
   * Takes over what an earlier version kept in buckets, of the retention of now: raise the version
   * first and change the retention then. To be called before anything else, with a record.
   */
  void takeOver() {
    byte[] stored = tookOver ? null : store.get(IdKeys.CLOCK_IN_BUCKETS);
    tookOver = true;
    if (stored == null) {
      return;
    }
    long bucket = ByteBuffer.wrap(stored).getLong();
    boolean unused = clock.follow(bucket, bucket);
    forgot(keys.from(ById.EVENT, horizon()));
    List<Bytes> futures = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries =
        store.range(IdKeys.FUTURES_IN_BUCKETS, IdKeys.FUTURES_IN_BUCKETS_END)) {
      entries.forEachRemaining(entry -> futures.add(entry.key));
    }
    for (Bytes key : futures) {
      store.put(keys.future(IdKeys.arrivalBucket(key), IdKeys.idOfFuture(key)), new byte[] {1});
      store.delete(key);
    }
    store.delete(IdKeys.CLOCK_IN_BUCKETS);
  }

  /** Deletes the entries of one kind that are older than the retention, a few at a time. */
  private final class Sweep {
    private final ById kind;
    private boolean due = true;
    private @Nullable Bytes sweptTo;

    Sweep(ById kind) {
      this.kind = kind;
    }

    /**
     * There may be something to delete again.
     *
     * @param back whether the clock went back: then ids may come in below what was swept
     */
    void again(boolean back) {
      due = true;
      sweptTo = back ? null : sweptTo;
    }

    void go() {
      if (!due) {
        return;
      }
      Bytes from = sweptTo == null ? keys.from(kind, 0) : sweptTo;
      List<Bytes> old = first(store, from, keys.from(kind, horizon()));
      old.forEach(store::delete);
      due = old.size() == DELETED_AT_ONCE;
      if (!old.isEmpty()) {
        sweptTo = old.get(old.size() - 1);
        if (kind == ById.EVENT) {
          forgot(old.get(old.size() - 1));
        }
      }
    }
  }
}
