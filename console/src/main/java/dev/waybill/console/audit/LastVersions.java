package dev.waybill.console.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waybill.console.audit.Difference.Why;
import dev.waybill.console.systems.EventIds;
import dev.waybill.console.systems.OrdersTable;
import dev.waybill.console.systems.OutboxEvent;
import dev.waybill.console.systems.SystemA;
import dev.waybill.console.systems.SystemB;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The last versions that A and B have of aggregates whose events did not all take effect, and why
 * they differ. Asks for each of them, and for a hundred at most. Of one thread.
 */
final class LastVersions {
  private static final int NAMED = 100;

  private final SystemA a;
  private final SystemB b;
  private final Applied applied;
  private final Explanation explanation;

  /** Asks nothing yet. */
  LastVersions(SystemA a, SystemB b, Applied applied, Explanation explanation) {
    this.a = a;
    this.b = b;
    this.applied = applied;
    this.explanation = explanation;
  }

  /**
   * Of the first hundred.
   *
   * @throws dev.waybill.console.systems.AwayException when A or B cannot be asked
   */
  List<AuditReport.Aggregate> of(Map<String, Behind> behind) {
    if (behind.isEmpty()) {
      return List.of();
    }
    List<Behind> some = behind.values().stream().limit(NAMED).toList();
    Map<String, JsonNode> events =
        applied.events(some.stream().map(one -> one.first().eventId()).toList());
    // B first: what it has then, A has too, but A may have more by the time that it is asked.
    Map<String, JsonNode> inB = new HashMap<>();
    some.forEach(one -> b.aggregate(id(one)).ifPresent(versions -> inB.put(id(one), versions)));
    Map<String, Long> inA = a.ask(connection -> inA(connection, some));
    return some.stream()
        .map(
            one ->
                aggregate(
                    one,
                    explanation.of(one.first(), events.get(one.first().eventId().toString())),
                    inA.get(id(one)),
                    inB.get(id(one))))
        .toList();
  }

  private static String id(Behind one) {
    return one.first().aggregateId();
  }

  private static Map<String, Long> inA(Connection connection, List<Behind> some)
      throws SQLException {
    Map<String, Long> versions = new HashMap<>();
    for (Behind one : some) {
      Optional<UUID> id = EventIds.parse(id(one));
      if (id.isPresent()) {
        OrdersTable.find(connection, id.get())
            .ifPresent(order -> versions.put(id(one), order.version()));
      }
    }
    return versions;
  }

  /**
   * One of them.
   *
   * @param first why its first event did not take effect
   * @param inA the version of the order; null when it was erased, or is none
   * @param inB what B's store of versions tells; null when it has nothing of it
   */
  static AuditReport.Aggregate aggregate(
      Behind behind, Difference first, @Nullable Long inA, @Nullable JsonNode inB) {
    long lastInB = inB == null ? 0 : inB.path("lastVersion").asLong();
    String words = null;
    if (inA != null && lastInB > inA) {
      words = "B has version %s, and A only %s".formatted(lastInB, inA);
    } else if (first.why() == Why.MISSING && inB != null && isInEffect(inB, first.version())) {
      words = "B has this version of another event, or has forgotten the id of this one";
    }
    OutboxEvent event = behind.first();
    return new AuditReport.Aggregate(
        Buckets.of(event.aggregateId()),
        inA == null ? behind.last() : Math.max(inA, behind.last()),
        lastInB,
        behind.events(),
        words == null
            ? first
            : new Difference(
                first.eventId(), first.aggregateId(), first.version(), Why.DIVERGED, words));
  }

  private static boolean isInEffect(JsonNode inB, long version) {
    return version <= inB.path("lastVersion").asLong()
        && StreamSupport.stream(inB.path("outstanding").spliterator(), false)
            .noneMatch(one -> one.asLong() == version);
  }
}
