package dev.waybill.proof.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.proof.servers.Servers;
import dev.waybill.relay.PruneCommand;
import dev.waybill.relay.Relay;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;

/** {@code outbox-relay prune} with cursors that are in Kafka. */
@ExtendWith(Servers.class)
class PruneTest {
  private final RelayWorld world = new RelayWorld(2).with("RELAY_REWIND", "0s");
  private final StringWriter said = new StringWriter();

  @Test
  void whatTheRelayHasPublishedGoesWhileItRuns() throws Exception {
    try (Events events = world.events()) {
      events.commitAll(List.of("a", "b", "c"), 1, 3);
      assertThat(prune("--older-than", "0s")).isZero();
      assertThat(said.toString()).contains("deleted 0 rows", "keeps", "it has no cursor");

      try (Relay relay = world.start()) {
        world.assertPublishedOnceInOrder(List.of("a", "b", "c"), 3);
        await()
            .atMost(RelayWorld.LIMIT)
            .untilAsserted(
                () -> {
                  assertThat(prune("--older-than", "0s")).isZero();
                  assertThat(said.toString()).doesNotContain("keeps");
                });
        events.commitAll(List.of("a", "b", "c"), 4, 4);
        world.assertPublishedOnceInOrder(List.of("a", "b", "c"), 4);
        assertThat(relay.httpPort()).isPositive();
      }
    }
  }

  @Test
  void ageBelowWhatARewindNeedsIsRefused() {
    world.with("RELAY_REWIND", "36h");

    assertThat(prune("--older-than", "35h")).isEqualTo(2);
    assertThat(said.toString()).contains("--older-than=35h is less than RELAY_REWIND");
    assertThat(prune("--older-than", "a week")).isEqualTo(2);
    assertThat(prune("--dry-run")).isZero();
  }

  @Test
  void roleThatMayNotDeleteIsSaid() throws Exception {
    world.with("PRUNE_DATABASE_USER", "nobody_there");

    assertThat(prune()).isEqualTo(1);
    assertThat(said.toString()).contains("may be run again", "nobody_there");
  }

  private int prune(String... options) {
    Map<String, String> environment = new HashMap<>(world.environment());
    said.getBuffer().setLength(0);
    return new CommandLine(new PruneCommand(environment))
        .setOut(new PrintWriter(said))
        .setErr(new PrintWriter(said))
        .execute(options);
  }
}
