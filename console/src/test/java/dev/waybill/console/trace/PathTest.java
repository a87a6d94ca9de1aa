package dev.waybill.console.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.console.systems.AwayException;
import dev.waybill.console.systems.Lane;
import dev.waybill.console.systems.OutboxEvent;
import dev.waybill.console.systems.Relays;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An event that waits at each hop, and one of whose hops somebody cannot be asked. */
final class PathTest {
  private static final UUID ID = UUID.fromString("01a20d6d-5a00-7000-8000-00000000000a");
  private static final Hop IN_TOPIC = Hop.of("topic", State.DONE, "events-1@7");
  private static final Hop NOT_READ = Hop.of("decided", State.WAITING, "B has read up to 7");

  private static final OutboxEvent ROW =
      new OutboxEvent(
          48,
          3,
          105,
          ID,
          "order",
          "a",
          2,
          "PAID",
          false,
          Instant.parse("2026-11-28T07:00:00Z"),
          null);

  private Supplier<Relays.Lanes> lanes = () -> lanes("200:200:", null, List.of(), List.of());
  private Supplier<Optional<JsonNode>> inB = Optional::empty;

  @Test
  void whatIsInEffectIsDoneEverywhere() {
    inB = () -> decided("applied");

    assertThat(states(ROW)).containsOnly(State.DONE);
    assertThat(hops(ROW).get(3).words()).contains("dropped 2 duplicates");
  }

  @Test
  void behindTheCursorItWaitsForB() {
    assertThat(states(ROW))
        .containsExactly(State.DONE, State.DONE, State.DONE, State.WAITING, State.ABSENT);
  }

  @Test
  void beforeTheCursorItWaitsForTheRelay() {
    lanes = () -> lanes("100:100:", null, List.of(), List.of());

    assertThat(states(ROW))
        .containsExactly(State.DONE, State.WAITING, State.ABSENT, State.ABSENT, State.ABSENT);
    lanes = () -> lanes("100:100:", "the registry refuses the schema", List.of(), List.of());
    assertThat(hops(ROW).get(1).words()).contains("the registry refuses the schema");
  }

  @Test
  void behindARefusedEventItWaitsForThatOne() {
    lanes =
        () ->
            lanes(
                "200:200:",
                null,
                List.of(new Lane.Waiting("a", "other", "2026-11-28T06:00:00Z", "x", "too large")),
                List.of());

    assertThat(hops(ROW).get(1).words()).contains("an earlier event", "other", "too large");
    assertThat(hops(ROW).get(1).since()).isEqualTo(Instant.parse("2026-11-28T06:00:00Z"));
  }

  @Test
  void whatAPersonLetPassIsNeverPublished() {
    lanes = () -> lanes("200:200:", null, List.of(), List.of(ID.toString()));

    assertThat(states(ROW).get(1)).isEqualTo(State.DIVERGED);
    assertThat(states(ROW).get(3)).isEqualTo(State.ABSENT);
  }

  @Test
  void aDeadLetterHasNoEffect() {
    inB = () -> decided("dead-lettered");

    assertThat(states(ROW))
        .containsExactly(State.DONE, State.DONE, State.DONE, State.DIVERGED, State.ABSENT);
    assertThat(hops(ROW).get(3).words()).contains("UNDECODABLE");
  }

  @Test
  void withoutTheRelayTheRestIsShown() {
    lanes =
        () -> {
          throw away("the relay");
        };
    assertThat(states(ROW))
        .containsExactly(State.DONE, State.UNKNOWN, State.UNKNOWN, State.WAITING, State.ABSENT);
    assertThat(hops(ROW).get(1).words())
        .isEqualTo(
            "the relay does not answer, so whether it has published this is not known"
                + " (nobody answers)");
    lanes = () -> new Relays.Lanes(1, Map.of(), List.of("nobody answers at r"));
    assertThat(hops(ROW).get(1).state()).isEqualTo(State.UNKNOWN);
    assertThat(hops(ROW).get(1).words()).contains("lane 0", "not known (nobody answers at r)");

    inB = () -> decided("applied");
    assertThat(states(ROW)).containsOnly(State.DONE);
  }

  @Test
  void withoutBTheRestIsShown() {
    inB =
        () -> {
          throw away("B");
        };

    assertThat(states(ROW))
        .containsExactly(State.DONE, State.DONE, State.DONE, State.WAITING, State.ABSENT);
    assertThat(hops(ROW).get(3).words()).contains("B has read up to 7", "nobody answers");
  }

  @Test
  void whatOnlyBKnowsIsNotSaidToBeA() {
    inB = () -> decided("applied");

    assertThat(states(null))
        .containsExactly(State.ABSENT, State.DONE, State.DONE, State.DONE, State.DONE);
  }

  private static AwayException away(String system) {
    return new AwayException(system, "nobody answers");
  }

  private List<State> states(@Nullable OutboxEvent row) {
    return hops(row).stream().map(Hop::state).toList();
  }

  private List<Hop> hops(@Nullable OutboxEvent row) {
    Path path =
        new Path(ID.toString(), row, new Path.Known(lanes, inB, () -> IN_TOPIC, () -> NOT_READ));
    return path.hops(Hop.of("committed", State.ABSENT, "no row"));
  }

  private static Optional<JsonNode> decided(String status) {
    try {
      return Optional.of(
          JsonMapper.builder()
              .build()
              .readTree(
                  """
                  {"status": "%s", "reason": "UNDECODABLE", "topic": "events", "partition": 1, "offset": 7,
                   "at": "2026-11-28T07:00:01Z", "duplicatesDropped": 2}
                  """
                      .formatted(status)));
    } catch (JsonProcessingException none) {
      throw new IllegalStateException(none);
    }
  }

  private static Relays.Lanes lanes(
      String snapshot,
      @Nullable String stuck,
      List<Lane.Waiting> waiting,
      List<String> quarantined) {
    Lane lane =
        new Lane(0, "r", new Lane.Cursor(snapshot, "", null, 0), 0, 0, stuck, waiting, quarantined);
    return new Relays.Lanes(1, Map.of(0, lane), List.of());
  }
}
