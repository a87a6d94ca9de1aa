package dev.waybill.console.systems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class LaneTest {
  private static final String LANE =
      """
      {"lane": 0, "owned": true, "cursor": {"snapshot": "100:110:100,105", "readAt": "2026-01-31T12:00:00Z",
       "windowUpTo": "120:120:", "afterSeq": 50}, "lagSeconds": 1.5, "published": 7,
       "waiting": [{"aggregateId": "a", "eventId": "e", "since": "2026-01-31T11:59:58Z",
                    "cause": "event_refused", "reason": "too large"}],
       "quarantined": ["q"]}
      """;

  private final Lane lane = lane();

  @Test
  void whatTheSnapshotShowsIsPublished() {
    assertThat(lane.cursor().isPast(row(99, 99))).isTrue();
    assertThat(lane.cursor().isPast(row(109, 99))).isTrue();
    assertThat(lane.cursor().isPast(row(105, 99))).as("was in progress").isFalse();
    assertThat(lane.cursor().isPast(row(130, 1))).as("came later").isFalse();
  }

  @Test
  void ofAnOpenWindowTheFirstRowsAre() {
    assertThat(lane.cursor().isPast(row(115, 50))).isTrue();
    assertThat(lane.cursor().isPast(row(115, 51))).isFalse();
  }

  @Test
  void whatWaitsBehindARefusedEventIsNotPublished() {
    Relays.Lanes lanes = new Relays.Lanes(1, Map.of(0, lane), List.of());

    assertThat(lanes.isPublished(row(99, 1))).contains(false);
    assertThat(lane.waitsFor("a")).map(Lane.Waiting::reason).contains("too large");
    assertThat(lane.waitsFor("b")).isEmpty();
  }

  @Test
  void slotsAreDividedAsTheRelayDividesThem() {
    Relays.Lanes three = new Relays.Lanes(3, Map.of(), List.of());

    assertThat(three.numberOf(0)).isZero();
    assertThat(three.numberOf(84)).isZero();
    assertThat(three.numberOf(85)).isEqualTo(1);
    assertThat(three.numberOf(169)).isEqualTo(1);
    assertThat(three.numberOf(170)).isEqualTo(2);
    assertThat(three.numberOf(255)).isEqualTo(2);
    assertThat(three.numberOf(32_767)).as("of an old row").isEqualTo(2);
  }

  @Test
  void aCursorThatIsNoneIsSaid() {
    assertThatThrownBy(() -> Snapshot.parse("1;2")).isInstanceOf(AwayException.class);
  }

  private static OutboxEvent row(long xid, long seq) {
    return new OutboxEvent(
        seq, 3, xid, new UUID(1, 2), "order", "a", 1, "PLACED", false, Instant.EPOCH, null);
  }

  private static Lane lane() {
    try {
      return Lane.of("http://relay", JsonMapper.builder().build().readTree(LANE));
    } catch (JsonProcessingException none) {
      throw new IllegalStateException(none);
    }
  }
}
