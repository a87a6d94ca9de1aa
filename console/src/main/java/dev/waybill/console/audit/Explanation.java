package dev.waybill.console.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waybill.console.audit.Difference.Why;
import dev.waybill.console.systems.Lane;
import dev.waybill.console.systems.OutboxEvent;
import dev.waybill.console.systems.Relays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why B does not have what A committed. */
final class Explanation {
  private final Relays.@Nullable Lanes lanes;

  /** Of these lanes; null when no relay could be asked. */
  Explanation(Relays.@Nullable Lanes lanes) {
    this.lanes = lanes;
  }

  /**
   * Of an event that did not take effect.
   *
   * @param known what B remembers of it; null for nothing
   */
  Difference of(OutboxEvent row, @Nullable JsonNode known) {
    if (known != null) {
      return known.path("status").asText().equals("applied")
          ? difference(row, Why.WAITING, "B applied it in this moment")
          : difference(row, Why.DEAD_LETTERED, "B refused it: " + known.path("reason").asText());
    }
    if (lanes == null) {
      return difference(row, Why.WAITING, "B does not have it; no relay says whether it was sent");
    }
    Optional<Lane> lane = lanes.of(row.slot());
    if (lane.isEmpty()) {
      return difference(
          row, Why.WAITING, "no relay that answers owns lane " + lanes.numberOf(row.slot()));
    }
    if (lane.get().quarantined().contains(row.eventId().toString())) {
      return difference(row, Why.DEAD_LETTERED, "a person let it pass: it is never published");
    }
    Optional<Lane.Waiting> held = lane.get().waitsFor(row.aggregateId());
    if (held.isPresent()) {
      return difference(row, Why.WAITING, "its aggregate waits: " + held.get().reason());
    }
    String stuck = lane.get().stuck();
    return lane.get().cursor().isPast(row)
        ? difference(row, Why.MISSING, "it was published, and B does not have it")
        : difference(
            row,
            Why.WAITING,
            "lane %s has not published it%s"
                .formatted(lane.get().number(), stuck == null ? "" : ": " + stuck));
  }

  private static Difference difference(OutboxEvent row, Why why, String words) {
    return new Difference(row.eventId().toString(), row.aggregateId(), row.version(), why, words);
  }
}
