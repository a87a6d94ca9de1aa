package dev.waybill.proof.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.proof.servers.Servers;
import dev.waybill.relay.Relay;
import dev.waybill.relay.lane.LaneFailure;
import dev.waybill.relay.lane.RelayListener;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Database, broker and registry away, each for a while: shown, retried, nothing skipped. */
@ExtendWith(Servers.class)
class OutageTest {
  private static final List<String> PARCELS = List.of("a", "b", "c");

  /** Which failures sent a lane back. */
  private static final class Failures implements RelayListener {
    final Set<LaneFailure.Kind> kinds = ConcurrentHashMap.newKeySet();

    @Override
    public void laneRetries(int lane, LaneFailure failure, Duration pause) {
      kinds.add(failure.kind());
    }
  }

  private final RelayWorld world = new RelayWorld(1);
  private final Failures failures = new Failures();

  @Test
  void databaseThatIsAwayIsWaitedFor() throws Exception {
    try (Relay relay = world.start(failures)) {
      try (Events events = world.events()) {
        events.commitAll(PARCELS, 1, 1);
      }
      world.assertPublishedOnceInOrder(PARCELS, 1);
      Servers.postgres().stop();
      try {
        RelayWorld.awaitReadiness(relay, "lane 0", "database:");
        assertThat(RelayWorld.get(relay, "/metrics"))
            .contains("waybill_relay_trouble{cause=\"database\",lane=\"0\"} 1.0");
      } finally {
        Servers.postgres().start();
      }
      try (Events events = world.events()) {
        events.commitAll(PARCELS, 2, 2);
      }

      world.assertPublishedOnceInOrder(PARCELS, 2);
      RelayWorld.awaitReadiness(relay, "\"ready\"");
      assertThat(failures.kinds).containsExactly(LaneFailure.Kind.DATABASE);
    }
  }

  @Test
  void brokerThatIsKilledIsWaitedFor() throws Exception {
    try (Relay relay = world.start(failures);
        Events events = world.events()) {
      events.commitAll(PARCELS, 1, 1);
      world.assertPublishedOnceInOrder(PARCELS, 1);
      Servers.kafka().kill();
      assertNothingIsLostWhenTheBrokerComesBack(relay, events, 2);
    }
  }

  @Test
  void brokerThatIsKilledWhileItCommitsLeavesNothingInDoubt() throws Exception {
    CompletableFuture<Boolean> killed = new CompletableFuture<>();
    StepListener killer =
        new StepListener() {
          private boolean begun;

          @Override
          void reached(Step step) {
            if (step == Step.CURSOR_SENT && !begun) {
              begun = true;
              killed.completeAsync(OutageTest::killBroker);
            }
          }
        };
    try (Relay relay = world.start(killer);
        Events events = world.events()) {
      events.commitAll(PARCELS, 1, 1);
      assertThat(killed).succeedsWithin(RelayWorld.LIMIT);
      assertNothingIsLostWhenTheBrokerComesBack(relay, events, 2);
    }
  }

  private static boolean killBroker() {
    Servers.kafka().kill();
    return true;
  }

  /** While the broker is away, versions from {@code first} to 3 are committed. */
  private void assertNothingIsLostWhenTheBrokerComesBack(Relay relay, Events events, int first)
      throws Exception {
    try {
      events.commitAll(PARCELS, first, 3);
      RelayWorld.awaitReadiness(relay, "not ready", "lane 0");
    } finally {
      Servers.kafka().start();
    }
    events.commitAll(PARCELS, 4, 4);

    world.assertPublishedOnceInOrder(PARCELS, 4);
    RelayWorld.awaitReadiness(relay, "\"ready\"");
  }

  @Test
  void registryThatIsAwayIsWaitedForWithoutAnOpenTransaction() throws Exception {
    Servers.registry().stop();
    try (Relay relay = world.start(failures);
        Events events = world.events()) {
      try {
        events.commitAll(PARCELS, 1, 2);
        RelayWorld.awaitReadiness(relay, "lane 0", "registry away:");
        assertThat(world.records()).isEmpty();
        assertThat(world.offsetsUsed()).as("nothing was sent, not even to be aborted").isZero();
      } finally {
        Servers.registry().start();
      }

      world.assertPublishedOnceInOrder(PARCELS, 2);
      RelayWorld.awaitReadiness(relay, "\"ready\"");
      assertThat(failures.kinds).containsExactly(LaneFailure.Kind.REGISTRY_AWAY);
    }
  }
}
