package dev.waybill.proof.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.orders.OrderEvent;
import dev.waybill.proof.servers.Servers;
import dev.waybill.relay.Relay;
import dev.waybill.stack.ChildJvm;
import dev.waybill.stack.JvmCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The Java of {@code docs/reading.md}, run, and the other samples that it shows. */
@ExtendWith(Servers.class)
@Timeout(300)
final class ReadOrdersTest {
  private static final Path PAGE = Path.of("../docs/reading.md");
  private static final Path SOURCE =
      Path.of("src/test/java/dev/waybill/proof/interop/ReadOrders.java");
  private static final Path NODE = Path.of("../examples/node");

  @Test
  void sampleReadsWhatTheRelayWrote() throws Exception {
    OrdersWorld world = new OrdersWorld();
    OrderEvent placed = Orders.placed();
    Path log = Servers.folder().resolve(world.topic() + "-reader.log");
    try (Relay relay = world.startRelay();
        ChildJvm reader =
            ChildJvm.start(
                new JvmCommand(
                    "the reader",
                    ReadOrders.class.getName(),
                    List.of(),
                    List.of(
                        Servers.kafka().bootstrapServers(),
                        Servers.registry().url(),
                        world.topic()),
                    Map.of(),
                    log))) {
      world.commit(placed);

      await()
          .atMost(Servers.LIMIT)
          .untilAsserted(
              () ->
                  assertThat(Files.readString(log))
                      .contains(
                          "OrderPlaced 1 of "
                              + OrdersWorld.key(placed)
                              + ": 19.9900 EUR at "
                              + placed.getOrder().getUpdatedAt()));
      assertThat(reader.isAlive()).isTrue();
      assertThat(relay.httpPort()).isPositive();
    }
  }

  @Test
  void pageShowsExactlyThisCode() throws Exception {
    String page = Files.readString(PAGE);
    String source = Files.readString(SOURCE);

    assertThat(page).contains(source.substring(source.indexOf("import static")).strip());
    for (String script : List.of("read.js", "write.js")) {
      assertThat(page).contains(Files.readString(NODE.resolve(script)).strip());
    }
  }

  /**
   * Nobody's machine or mirror: whoever installs it asks his own registry, and the hash decides.
   */
  @Test
  void lockOfTheNodeSampleNamesVersionsAndHashesOnly() throws Exception {
    String lock = Files.readString(NODE.resolve("package-lock.json"));

    assertThat(lock).contains("\"integrity\": \"sha512-").doesNotContain("\"resolved\"");
    assertThat(Files.readString(NODE.resolve("package.json")))
        .doesNotContainPattern(Pattern.compile("\": \"[\\^~*]"));
  }
}
