package dev.waybill.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.waybill.console.audit.AuditReport.Aggregate;
import dev.waybill.console.audit.Difference.Why;
import dev.waybill.runtime.ServiceServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Why the last versions of an aggregate differ: the first event that is missing tells, mostly. */
final class LastVersionsTest {
  private static final Behind BEHIND = new Behind(BucketsTest.event("a", 2), 2, 3);

  @Test
  void whatIsOnItsWayWaits() {
    Aggregate one = aggregate(Why.WAITING, 3L, versions(1, ""));

    assertThat(one.inA()).isEqualTo(3);
    assertThat(one.inB()).isEqualTo(1);
    assertThat(one.events()).isEqualTo(2);
    assertThat(one.bucket()).isEqualTo(Buckets.of("a"));
    assertThat(one.first()).isEqualTo(why(Why.WAITING));
  }

  @Test
  void ofWhatBHasNothingNothingIsItsLastVersion() {
    assertThat(aggregate(Why.MISSING, 3L, null).inB()).isZero();
    assertThat(aggregate(Why.MISSING, 3L, null).first()).isEqualTo(why(Why.MISSING));
  }

  @Test
  void whatBWentPastIsStillDeadLetteredOrMissing() {
    assertThat(aggregate(Why.DEAD_LETTERED, 3L, versions(3, "2")).first().why())
        .isEqualTo(Why.DEAD_LETTERED);
    assertThat(aggregate(Why.MISSING, 3L, versions(3, "2")).first().why()).isEqualTo(Why.MISSING);
  }

  @Test
  void aVersionThatTookEffectWithoutItsEventHasDiverged() {
    Aggregate one = aggregate(Why.MISSING, 3L, versions(3, ""));

    assertThat(one.first().why()).isEqualTo(Why.DIVERGED);
    assertThat(one.first().words()).contains("this version of another event");
  }

  @Test
  void aLaterVersionThanAHasHasDiverged() {
    Aggregate one = aggregate(Why.WAITING, 3L, versions(5, "2"));

    assertThat(one.first().why()).isEqualTo(Why.DIVERGED);
    assertThat(one.first().words()).isEqualTo("B has version 5, and A only 3");
  }

  @Test
  void whatAChangedAfterTheseMinutesIsItsLastVersion() {
    assertThat(aggregate(Why.DEAD_LETTERED, 5L, versions(5, "2")).inA()).isEqualTo(5);
  }

  @Test
  void ofWhatIsNoOrderTheMinutesTellALastVersionAndNothingIsSaidToDiverge() {
    Aggregate one = aggregate(Why.DEAD_LETTERED, null, versions(5, "2"));

    assertThat(one.inA()).isEqualTo(3);
    assertThat(one.first().why()).isEqualTo(Why.DEAD_LETTERED);
  }

  private static Aggregate aggregate(Why why, @Nullable Long inA, @Nullable JsonNode inB) {
    return LastVersions.aggregate(BEHIND, why(why), inA, inB);
  }

  private static Difference why(Why why) {
    return new Difference("e", "a", 2, why, "because");
  }

  private static JsonNode versions(long last, String outstanding) {
    try {
      return ServiceServer.json()
          .readTree("{\"lastVersion\": %s, \"outstanding\": [%s]}".formatted(last, outstanding));
    } catch (JsonProcessingException none) {
      throw new IllegalStateException(none);
    }
  }
}
