package dev.waybill.proof.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.proof.servers.Servers;
import dev.waybill.relay.Relay;
import dev.waybill.relay.lane.RelayListener;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An owner whose whole process is paused, loses its lane to another instance, and wakes up. Whether
 * it tries to write before it hears of its loss is chance; {@link FencingTest} makes it try.
 */
@ExtendWith(Servers.class)
class ZombieTest {
  private static final List<String> PARCELS = List.of("a", "b", "c");

  @ParameterizedTest
  @EnumSource(names = {"PAGE_READ", "CURSOR_SENT"})
  void zombieCannotWriteNorDisturbTheNewOwner(Step step) throws Exception {
    RelayWorld world = new RelayWorld(1).with("RELAY_PAGE_ROWS", "4");
    AtomicInteger fencedNewOwner = new AtomicInteger();
    RelayListener newOwner =
        new RelayListener() {
          @Override
          public void laneFenced(int lane) {
            fencedNewOwner.incrementAndGet();
          }
        };
    try (Events events = world.events()) {
      events.commitAll(PARCELS, 1, 3);
      try (Child zombie = world.startChild(step, 1)) {
        zombie.awaitReached();
        zombie.pause();
        try (Relay relay = world.start(newOwner)) {
          world.assertPublishedOnceInOrder(PARCELS, 3);
          events.commitAll(PARCELS, 4, 6);
          world.assertPublishedOnceInOrder(PARCELS, 6);

          zombie.resume();
          zombie.awaitGoneOn();
          events.commitAll(PARCELS, 7, 8);

          world.assertPublishedOnceInOrder(PARCELS, 8);
          assertThat(fencedNewOwner).hasValue(0);
          assertThat(relay.httpPort()).isPositive();
        }
      }
    }
  }
}
