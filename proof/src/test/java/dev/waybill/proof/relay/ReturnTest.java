package dev.waybill.proof.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.proof.servers.Servers;
import dev.waybill.relay.Relay;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An instance that comes back under its name, and two that have the same. */
@ExtendWith(Servers.class)
class ReturnTest {
  private static final List<String> PARCELS = List.of("a", "b", "c");

  /** In every lane. */
  private static final List<String> MANY =
      IntStream.range(0, 24).mapToObj(i -> "parcel-" + i).toList();

  /** Whoever waits for this session to end waits longer than the test does. */
  private static RelayWorld named() {
    return new RelayWorld(2).with("RELAY_INSTANCE", "one").with("RELAY_SESSION_TIMEOUT", "5m");
  }

  @Test
  void aKilledRelayHasItsLanesAgainWithoutWaitingForItsSession() throws Exception {
    RelayWorld world = named();
    try (Events events = world.events()) {
      events.commitAll(PARCELS, 1, 1);
      try (Child killed = world.startChild(Step.COMMITTED, 2)) {
        killed.awaitReached();
        killed.kill();
      }
      events.commitAll(PARCELS, 2, 3);

      try (Relay again = world.start()) {
        world.assertPublishedOnceInOrder(PARCELS, 3);
        assertThat(again.health().reasonsNotLive()).isEmpty();
      }
    }
  }

  @Test
  void aStoppedRelayHasThemAgainToo() throws Exception {
    RelayWorld world = named();
    try (Events events = world.events()) {
      events.commitAll(PARCELS, 1, 1);
      try (Relay first = world.start()) {
        world.assertPublishedOnceInOrder(PARCELS, 1);
        assertThat(first.health().reasonsNotLive()).isEmpty();
      }
      events.commitAll(PARCELS, 2, 2);

      try (Relay again = world.start()) {
        world.assertPublishedOnceInOrder(PARCELS, 2);
        assertThat(again.health().reasonsNotLive()).isEmpty();
      }
    }
  }

  @Test
  void itHasThoseThatWereMadeWhileItWasAwayToo() throws Exception {
    RelayWorld world = named();
    try (Events events = world.events()) {
      events.commitAll(MANY, 1, 1);
      try (Relay first = world.start()) {
        world.assertPublishedOnceInOrder(MANY, 1);
        assertThat(first.health().reasonsNotLive()).isEmpty();
      }
      assertThat(world.changeLanes(4)).isZero();
      events.commitAll(MANY, 2, 2);

      try (Relay again = world.start()) {
        world.assertPublishedOnceInOrder(MANY, 2);
        assertThat(again.health().reasonsNotLive()).isEmpty();
      }
    }
  }

  @Test
  void ofTwoWithOneNameTheOlderGivesUpAndSaysWhy() throws Exception {
    RelayWorld world = named();
    try (Events events = world.events();
        Relay older = world.start()) {
      events.commitAll(PARCELS, 1, 1);
      world.assertPublishedOnceInOrder(PARCELS, 1);

      try (Relay newer = world.start()) {
        await()
            .atMost(RelayWorld.LIMIT)
            .untilAsserted(
                () ->
                    assertThat(older.health().reasonsNotLive().values())
                        .anyMatch(reason -> reason.contains("another relay has joined as one")));
        events.commitAll(PARCELS, 2, 2);
        world.assertPublishedOnceInOrder(PARCELS, 2);
        assertThat(newer.health().reasonsNotLive()).isEmpty();
      }
    }
  }
}
