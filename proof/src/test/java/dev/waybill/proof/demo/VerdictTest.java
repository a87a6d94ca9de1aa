package dev.waybill.proof.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.uuid.Generators;
import dev.waybill.proof.systems.AppliedEvent;
import dev.waybill.proof.systems.CommittedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** The verdict fails for each kind of thing that must not happen. */
final class VerdictTest {
  private static final Instant THEN = Instant.parse("2026-11-24T12:00:00Z");

  private final UUID first = Generators.timeBasedEpochGenerator().generate();
  private final UUID second = Generators.timeBasedEpochGenerator().generate();
  private final Map<UUID, CommittedEvent> committed =
      new HashMap<>(
          Map.of(
              first, new CommittedEvent("order", 1, false, THEN),
              second, new CommittedEvent("order", 2, false, THEN)));
  private final Published published = new Published();
  private final MockProducer<byte[], byte[]> litterSent =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final Litter litter = new Litter(litterSent, "topic", new Random(1));
  private final Map<UUID, Integer> notifications = new HashMap<>(Map.of(first, 1, second, 1));
  private final Map<UUID, AppliedEvent> applied =
      new HashMap<>(
          Map.of(
              first, new AppliedEvent(true, 0, THEN.plusMillis(5)),
              second, new AppliedEvent(true, 0, THEN.plusMillis(7))));
  private final Map<String, String> ordersInB = new HashMap<>(Map.of("order", "PAID"));
  private final Map<String, String> totalsInB = new HashMap<>(Map.of("customer", "1"));
  private final List<Outage> outages = new ArrayList<>();
  private int deadLetters;
  private long eventsInTotals = 2;

  VerdictTest() {
    publish(first, 1);
    publish(second, 2);
  }

  @Test
  void holdsWhenEverythingArrivedOnce() {
    assertThat(verdict().holds()).isTrue();
  }

  @Test
  void failsForAnEventThatNeverReachedTheTopic() {
    UUID third = Generators.timeBasedEpochGenerator().generate();
    committed.put(third, new CommittedEvent("order", 3, true, THEN));
    assertFails("  lost before the topic");
  }

  @Test
  void failsForAnEventThatTheRelayPublishedTwice() {
    publish(first, 1);
    assertFails("  repeated by the relay (read_committed)");
  }

  @Test
  void failsForAnOrderWhoseEventsAreOutOfOrder() {
    publish(Generators.timeBasedEpochGenerator().generate(), 2);
    assertFails("  out of order within an order");
  }

  @Test
  void failsForAnEventThatBNeverApplied() {
    applied.remove(second);
    assertFails("  LOST");
  }

  @Test
  void failsForAnEventThatOnlyBecameADeadLetter() {
    applied.put(second, new AppliedEvent(false, 0, THEN));
    assertFails("  LOST");
  }

  @Test
  void failsForAnEventThatWasNotifiedTwice() {
    notifications.put(first, 2);
    assertFails("  DOUBLED");
  }

  @Test
  void failsForAnEventThatWasAddedTwice() {
    eventsInTotals = 3;
    assertFails("  added to customers' totals");
  }

  @Test
  void failsForAMissingNotification() {
    notifications.remove(first);
    assertFails("  notifications missing");
  }

  @Test
  void failsForADeadLetterThatNobodyExpects() {
    deadLetters = 1;
    assertFails("dead letters");
  }

  @Test
  void failsForOrdersAndTotalsThatDiffer() {
    ordersInB.put("order", "PLACED");
    ordersInB.put("phantom", "PLACED");
    totalsInB.clear();
    assertFails("  orders that are different in B", "  totals that are different in B");
  }

  @Test
  void tellsHowLongEventsTookOutsideOfOutages() {
    applied.put(second, new AppliedEvent(true, 0, THEN.plusMillis(4_500)));
    outages.add(new Outage("relay", THEN.plusMillis(1_000), THEN.plusMillis(3_000)));

    assertThat(verdict().checks())
        .contains(
            Check.told("from A's transaction to B's effect, outages apart", "p50 5 ms, p99 5 ms"),
            Check.told("  outages included", "p50 4500 ms, p99 4500 ms"),
            Check.told("  relay, killed, and started again", "away 2.0 s, caught up 1.5 s later"));
  }

  /** Else copies of it, which are dead letters, would be counted as copies of events. */
  @Test
  void takesPoisonForNoEvent() throws Exception {
    for (int i = 0; i < 50; i++) {
      litter.poison(Generators.timeBasedEpochGenerator().generate());
    }
    litterSent.history().forEach(this::readBack);
    deadLetters = 100;

    assertThat(published.records()).extracting(Published::id).containsExactly(first, second);
    assertThat(verdict().checks()).allMatch(Check::holds);
  }

  private void readBack(ProducerRecord<byte[], byte[]> sent) {
    ConsumerRecord<byte[], byte[]> read =
        new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
    sent.headers().forEach(read.headers()::add);
    published.add(read);
  }

  private void assertFails(String... checks) {
    assertThat(verdict().checks())
        .filteredOn(check -> !check.holds())
        .extracting(Check::name)
        .contains(checks);
  }

  private Verdict verdict() {
    return Verdict.of(
        new Evidence(
            committed.size(),
            committed,
            published,
            litter,
            notifications,
            applied,
            deadLetters,
            Map.of("order", "PAID"),
            ordersInB,
            Map.of("customer", "1"),
            totalsInB,
            eventsInTotals,
            outages));
  }

  private void publish(UUID id, long version) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("topic", 0, 0, "order".getBytes(UTF_8), new byte[0]);
    record.headers().add("ce_id", id.toString().getBytes(UTF_8));
    record.headers().add("ce_sequence", Long.toString(version).getBytes(UTF_8));
    published.add(record);
  }
}
