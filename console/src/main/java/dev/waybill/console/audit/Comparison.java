package dev.waybill.console.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waybill.console.audit.AuditReport.Minute;
import dev.waybill.console.audit.Difference.Why;
import dev.waybill.console.systems.OutboxEvent;
import dev.waybill.console.systems.Relays;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Compares minutes one by one, and adds up what they tell of aggregates. B's ids are read of those
 * minutes only whose digests differ. Of one thread.
 */
final class Comparison {
  /** How many events of a minute are named at most. */
  private static final int NAMED = 100;

  private final Applied applied;
  private final Relays.@Nullable Lanes lanes;
  private final Buckets buckets = new Buckets();

  /**
   * Compares nothing yet.
   *
   * @param lanes null when no relay could be asked
   */
  Comparison(Applied applied, Relays.@Nullable Lanes lanes) {
    this.applied = applied;
    this.lanes = lanes;
  }

  /** A's side of a minute. */
  static final class Committed {
    private final Digest digest = new Digest();
    private final List<OutboxEvent> rows = new ArrayList<>();

    void add(OutboxEvent row) {
      digest.add(row.eventId());
      rows.add(row);
    }
  }

  /**
   * A minute, later than those before it.
   *
   * @throws dev.waybill.console.systems.AwayException when B cannot be asked for its ids
   */
  Minute minute(Instant minute, Committed ours, Digest theirs) {
    Set<UUID> inB = ours.digest.isSameAs(theirs) ? null : applied.ids(minute);
    List<OutboxEvent> notInB = new ArrayList<>();
    int published = 0;
    for (OutboxEvent row : ours.rows) {
      boolean isPublished = lanes != null && lanes.isPublished(row).orElse(false);
      boolean isApplied = inB == null || inB.contains(row.eventId());
      published += isPublished ? 1 : 0;
      if (!isApplied) {
        notInB.add(row);
      }
      buckets.add(row, isPublished, isApplied);
    }
    List<Difference> all = inB == null ? List.of() : differences(ours.rows, notInB, inB);
    return new Minute(
        minute,
        ours.digest.count(),
        lanes == null ? -1 : published,
        theirs.count(),
        all.isEmpty(),
        all.subList(0, Math.min(NAMED, all.size())),
        Math.max(0, all.size() - NAMED));
  }

  private List<Difference> differences(
      List<OutboxEvent> rows, List<OutboxEvent> notInB, Set<UUID> inB) {
    Map<String, JsonNode> known =
        applied.events(notInB.stream().limit(NAMED).map(OutboxEvent::eventId).toList());
    Explanation explanation = new Explanation(lanes);
    List<Difference> found = new ArrayList<>();
    for (OutboxEvent row : notInB) {
      found.add(explanation.of(row, known.get(row.eventId().toString())));
    }
    Set<UUID> unknownToA = new HashSet<>(inB);
    rows.forEach(row -> unknownToA.remove(row.eventId()));
    for (UUID id : unknownToA) {
      found.add(
          new Difference(
              id.toString(), null, 0, Why.UNKNOWN_TO_A, "B applied it, and A has no row of it"));
    }
    return found;
  }

  /** What the minutes tell of buckets of aggregates. */
  List<AuditReport.Bucket> buckets() {
    return buckets.counts(lanes != null);
  }

  /** Aggregates of which not all events took effect, by their ids. */
  Map<String, Behind> behind() {
    return buckets.behind();
  }
}
