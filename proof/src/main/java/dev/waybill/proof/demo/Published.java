package dev.waybill.proof.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What a {@code read_committed} reader of the events' topic has seen, but for {@link Litter} that
 * is no event. Thread-safe.
 */
final class Published {
  private final Map<UUID, Integer> copies = new HashMap<>();
  private final Map<String, Long> lastVersions = new HashMap<>();
  private final List<ConsumerRecord<byte[], byte[]>> first = new ArrayList<>();
  private int outOfOrder;

  synchronized void add(ConsumerRecord<byte[], byte[]> record) {
    Header id = record.headers().lastHeader("ce_id");
    Header sequence = record.headers().lastHeader("ce_sequence");
    if (id == null || sequence == null || record.headers().lastHeader(Litter.MARK) != null) {
      return;
    }
    if (copies.merge(UUID.fromString(text(id)), 1, Integer::sum) == 1) {
      first.add(record);
      long version = Long.parseLong(text(sequence));
      Long last = lastVersions.put(new String(record.key(), UTF_8), version);
      outOfOrder += version == (last == null ? 1 : last + 1) ? 0 : 1;
    }
  }

  /** How many different events. */
  synchronized int distinct() {
    return copies.size();
  }

  /** The ids that no record has. */
  synchronized List<UUID> missing(Set<UUID> ids) {
    return ids.stream().filter(id -> !copies.containsKey(id)).toList();
  }

  /** How many records of these events there are beyond the first of each. */
  synchronized int repeated(Set<UUID> ids) {
    return ids.stream().mapToInt(id -> Math.max(0, copies.getOrDefault(id, 0) - 1)).sum();
  }

  /** Events whose version is not one above the last of their aggregate. */
  synchronized int outOfOrder() {
    return outOfOrder;
  }

  /** Each event's first record, in the order of reading. */
  synchronized List<ConsumerRecord<byte[], byte[]>> records() {
    return List.copyOf(first);
  }

  /** The id of an event, which it must have. */
  static UUID id(ConsumerRecord<byte[], byte[]> event) {
    return UUID.fromString(text(event.headers().lastHeader("ce_id")));
  }

  private static String text(Header header) {
    return new String(header.value(), UTF_8);
  }
}
