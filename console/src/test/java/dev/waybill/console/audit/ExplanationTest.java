package dev.waybill.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waybill.console.audit.Difference.Why;
import dev.waybill.console.systems.Lane;
import dev.waybill.console.systems.OutboxEvent;
import dev.waybill.console.systems.Relays;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Why B does not have what committed: no event is missing that only waits. */
final class ExplanationTest {
  private static final OutboxEvent ROW =
      new OutboxEvent(
          48, 3, 105, new UUID(1, 2), "order", "a", 2, "PAID", false, Instant.EPOCH, null);

  @Test
  void whatWasPublishedAndIsNotInBIsMissing() {
    assertThat(why("200:200:", null, List.of(), List.of())).isEqualTo(Why.MISSING);
  }

  @Test
  void whatTheRelayHasNotPublishedWaits() {
    assertThat(why("100:100:", "the registry is away", List.of(), List.of()))
        .isEqualTo(Why.WAITING);
    assertThat(
            why(
                "200:200:",
                null,
                List.of(new Lane.Waiting("a", "other", "", "x", "too large")),
                List.of()))
        .isEqualTo(Why.WAITING);
    assertThat(new Explanation(null).of(ROW, null).why()).isEqualTo(Why.WAITING);
    assertThat(new Explanation(new Relays.Lanes(1, Map.of(), List.of())).of(ROW, null).why())
        .isEqualTo(Why.WAITING);
  }

  @Test
  void whatWasRefusedIsADeadLetter() {
    assertThat(why("200:200:", null, List.of(), List.of(ROW.eventId().toString())))
        .isEqualTo(Why.DEAD_LETTERED);
    ObjectNode letter =
        JsonNodeFactory.instance
            .objectNode()
            .put("status", "dead-lettered")
            .put("reason", "CONFLICT");
    Difference refused = new Explanation(null).of(ROW, letter);
    assertThat(refused.why()).isEqualTo(Why.DEAD_LETTERED);
    assertThat(refused.words()).contains("CONFLICT");
  }

  private static Why why(
      String snapshot,
      @Nullable String stuck,
      List<Lane.Waiting> waiting,
      List<String> quarantined) {
    Lane lane =
        new Lane(0, "r", new Lane.Cursor(snapshot, "", null, 0), 0, 0, stuck, waiting, quarantined);
    return new Explanation(new Relays.Lanes(1, Map.of(0, lane), List.of())).of(ROW, null).why();
  }
}
