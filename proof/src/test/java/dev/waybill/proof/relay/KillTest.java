package dev.waybill.proof.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.proof.servers.Servers;
import dev.waybill.relay.Relay;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SIGKILL between any two steps, in the middle of a window of several pages. */
@ExtendWith(Servers.class)
class KillTest {
  private static final List<String> PARCELS = List.of("a", "b", "c");

  @ParameterizedTest
  @EnumSource
  void relayThatIsKilledAtAnyStepNeitherLosesNorRepeats(Step step) throws Exception {
    RelayWorld world = new RelayWorld(1).with("RELAY_PAGE_ROWS", "4");
    try (Events events = world.events()) {
      events.commitAll(PARCELS, 1, 5);
      try (Child killed = world.startChild(step, step == Step.LANE_STARTED ? 1 : 2)) {
        killed.awaitReached();
        killed.kill();
      }
      int published = world.records().size();
      assertThat(published).as("some are published, some not yet").isLessThan(15);

      try (Relay next = world.start()) {
        world.assertPublishedOnceInOrder(PARCELS, 5);
        events.commitAll(PARCELS, 6, 6);
        world.assertPublishedOnceInOrder(PARCELS, 6);
        assertThat(next.httpPort()).isPositive();
      }
    }
  }
}
