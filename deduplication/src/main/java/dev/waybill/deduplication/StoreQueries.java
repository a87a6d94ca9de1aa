package dev.waybill.deduplication;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Questions to the two stores of a deduplication, beside {@link Deduplication#find}. Of any thread,
 * the stores being handles from {@code KafkaStreams#store}.
 */
public final class StoreQueries {
  private StoreQueries() {}

  /** What the version store knows of an aggregate; empty when it never had anything of it. */
  public static Optional<AggregateVersions> versions(
      ReadOnlyKeyValueStore<Bytes, byte[]> versionStore, byte[] aggregateId) {
    return Optional.ofNullable(versionStore.get(Bytes.wrap(aggregateId)))
        .map(Versions::decode)
        .map(Versions::shown);
  }

  /**
   * Goes through the events that took effect and whose ids, of version 7, are of a time, in the
   * order of their ids; one read of a range. What was forgotten is not among them.
   *
   * @param from inclusive, in whole milliseconds
   * @param to exclusive
   * @param each is given an id, and says whether to go on
   */
  public static void applied(
      ReadOnlyKeyValueStore<Bytes, byte[]> idStore,
      Instant from,
      Instant to,
      Predicate<UUID> each) {
    try (KeyValueIterator<Bytes, byte[]> entries =
        idStore.range(IdKeys.fromTime(from.toEpochMilli()), IdKeys.fromTime(to.toEpochMilli()))) {
      boolean goesOn = true;
      while (goesOn && entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        if (RememberedEvent.decode(entry.value).applied()) {
          goesOn = each.test(IdKeys.idOf(entry.key));
        }
      }
    }
  }
}
