package dev.waybill.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.waybill.console.audit.AuditReport.Bucket;
import dev.waybill.console.systems.OutboxEvent;
import dev.waybill.runtime.ServiceServer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What committed is counted once, in one bucket; whose events did not take effect is remembered.
 */
final class BucketsTest {
  private final Buckets buckets = new Buckets();

  @Test
  void eachEventIsCountedInTheBucketOfItsAggregate() {
    for (int i = 0; i < 1_000; i++) {
      buckets.add(event("order-" + i, 1), i % 2 == 0, i % 4 == 0);
    }

    List<Bucket> counts = buckets.counts(true);

    assertThat(counts).hasSize(Buckets.COUNT).allMatch(one -> one.committed() > 0);
    assertThat(counts.stream().mapToInt(Bucket::committed).sum()).isEqualTo(1_000);
    assertThat(counts.stream().mapToInt(Bucket::published).sum()).isEqualTo(500);
    assertThat(counts.stream().mapToInt(Bucket::applied).sum()).isEqualTo(250);
  }

  @Test
  void onlyTheBucketOfWhatDidNotTakeEffectDiffers() {
    for (int i = 0; i < 1_000; i++) {
      buckets.add(event("order-" + i, 1), true, i != 17);
    }

    assertThat(buckets.counts(true).stream().filter(one -> !one.agrees()).map(Bucket::bucket))
        .containsExactly(Buckets.of("order-17"));
    assertThat(buckets.behind()).containsOnlyKeys("order-17");
  }

  @Test
  void whatWasPublishedIsUnknownWithoutARelay() throws JsonProcessingException {
    buckets.add(event("a", 1), false, true);

    Bucket bucket = buckets.counts(false).get(Buckets.of("a"));

    assertThat(bucket.published()).isNegative();
    assertThat(ServiceServer.json().writeValueAsString(new Bucket(3, 2, -1, 2)))
        .isEqualTo("{\"bucket\":3,\"committed\":2,\"published\":-1,\"applied\":2,\"agrees\":true}");
  }

  @Test
  void ofAnAggregateTheFirstThatDidNotTakeEffectAndTheLastVersionAreKnown() {
    buckets.add(event("a", 1), true, true);
    buckets.add(event("b", 1), true, true);
    buckets.add(event("a", 2), true, false);
    buckets.add(event("a", 3), true, false);
    buckets.add(event("a", 4), true, true);

    assertThat(buckets.behind()).containsOnlyKeys("a");
    assertThat(buckets.behind().get("a")).isEqualTo(new Behind(event("a", 2), 2, 4));
  }

  static OutboxEvent event(String aggregate, long version) {
    return new OutboxEvent(
        version,
        3,
        105,
        new UUID(1, version),
        "order",
        aggregate,
        version,
        "PAID",
        false,
        Instant.EPOCH,
        null);
  }
}
