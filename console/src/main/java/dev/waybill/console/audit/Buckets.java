package dev.waybill.console.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.console.systems.OutboxEvent;
import dev.waybill.deduplication.Placement;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Adds up A's events by buckets of aggregates: by the hash that also says which partition a key
 * belongs to. Remembers the aggregates of which not all took effect. Of one thread.
 */
final class Buckets {
  static final int COUNT = 16;

  private final int[] committed = new int[COUNT];
  private final int[] published = new int[COUNT];
  private final int[] applied = new int[COUNT];
  private final Map<String, Behind> behind = new LinkedHashMap<>();

  /** The bucket of an aggregate. */
  static int of(String aggregateId) {
    return Placement.murmur2(aggregateId.getBytes(UTF_8), COUNT);
  }

  /** Adds an event of A, later than those before it. */
  void add(OutboxEvent event, boolean isPublished, boolean isApplied) {
    int bucket = of(event.aggregateId());
    committed[bucket]++;
    published[bucket] += isPublished ? 1 : 0;
    applied[bucket] += isApplied ? 1 : 0;
    if (!isApplied) {
      behind.merge(
          event.aggregateId(), Behind.at(event), (before, now) -> before.then(event, false));
    } else {
      behind.computeIfPresent(event.aggregateId(), (id, before) -> before.then(event, true));
    }
  }

  /**
   * All of them.
   *
   * @param isPublishedKnown false when no relay could be asked
   */
  List<AuditReport.Bucket> counts(boolean isPublishedKnown) {
    return IntStream.range(0, COUNT)
        .mapToObj(
            bucket ->
                new AuditReport.Bucket(
                    bucket,
                    committed[bucket],
                    isPublishedKnown ? published[bucket] : -1,
                    applied[bucket]))
        .toList();
  }

  /** Aggregates of which not all events took effect, by their ids, as they were met. */
  Map<String, Behind> behind() {
    return Collections.unmodifiableMap(behind);
  }
}
