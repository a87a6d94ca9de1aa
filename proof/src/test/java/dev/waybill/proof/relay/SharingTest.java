package dev.waybill.proof.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.proof.servers.Servers;
import dev.waybill.relay.Relay;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several instances of one relay. */
@ExtendWith(Servers.class)
class SharingTest {
  private static final List<String> PARCELS =
      IntStream.range(0, 12).mapToObj(i -> "parcel-" + i).toList();
  private static final Integer[] ALL = {0, 1, 2, 3};

  @Test
  void twoInstancesShareTheLanesAndTheOneThatStopsHandsItsLanesOver() throws Exception {
    RelayWorld world = new RelayWorld(4);
    Owned first = new Owned();
    Owned second = new Owned();
    try (Events events = world.events();
        Relay one = world.start(first)) {
      await().atMost(RelayWorld.LIMIT).until(() -> first.lanes.size() == 4);
      events.commitAll(PARCELS, 1, 2);
      try (Relay two = world.start(second)) {
        await()
            .atMost(RelayWorld.LIMIT)
            .until(() -> first.lanes.size() == 2 && second.lanes.size() == 2);
        events.commitAll(PARCELS, 3, 4);
        world.assertPublishedOnceInOrder(PARCELS, 4);
        assertThat(one.httpPort()).isNotEqualTo(two.httpPort());
        events.commitAll(PARCELS, 5, 6);
      }
      long stopped = System.nanoTime();
      await().atMost(RelayWorld.LIMIT).until(() -> first.lanes.size() == 4);
      assertThat(System.nanoTime() - stopped)
          .as("without waiting for a session to end")
          .isLessThan(5_000_000_000L);
      events.commitAll(PARCELS, 7, 7);

      world.assertPublishedOnceInOrder(PARCELS, 7);
      assertThat(first.lanes).containsExactly(ALL);
    }
  }

  @Test
  void lanesOfAnInstanceThatIsKilledGoToTheOther() throws Exception {
    RelayWorld world = new RelayWorld(4);
    Owned survivor = new Owned();
    try (Events events = world.events();
        Child child = world.startChild(Step.PAGE_READ, 1_000_000);
        Relay relay = world.start(survivor)) {
      await().atMost(RelayWorld.LIMIT).until(() -> survivor.lanes.size() == 2);
      events.commitAll(PARCELS, 1, 3);
      child.kill();
      events.commitAll(PARCELS, 4, 6);

      world.assertPublishedOnceInOrder(PARCELS, 6);
      await().atMost(RelayWorld.LIMIT).until(() -> survivor.lanes.size() == 4);
      RelayWorld.awaitReadiness(relay, "\"ready\"");
    }
  }
}
