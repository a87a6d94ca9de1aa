package dev.waybill.proof.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.consumer.Consumer;
import dev.waybill.orders.OrderEvent;
import dev.waybill.proof.interop.Orders;
import dev.waybill.proof.servers.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The files of B's stores are spoilt while it does not run. */
@ExtendWith(Servers.class)
@Timeout(300)
final class SpoiltStoreTest {
  private ConsumerWorld world;

  @BeforeEach
  void start() throws Exception {
    world = new ConsumerWorld(1);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void storesThatCannotBeOpenedComeBackFromTheirChangelogs() throws Exception {
    OrderEvent placed = Orders.placed();
    world.write(placed);
    String before;
    try (Consumer b = world.start()) {
      world.awaitTotals(b, placed, 1);
      before = world.totals(b, placed);
    }
    List<Path> spoilt = files("CURRENT");
    assertThat(spoilt).isNotEmpty();
    for (Path file : spoilt) {
      Files.write(file, new byte[3]);
    }

    try (Consumer b = world.start()) {
      world.awaitTotals(b, placed, before);
      OrderEvent paid = Orders.paid(placed);
      world.write(paid);
      world.awaitTotals(b, paid, 2);
      ConsumerWorld.awaitReadiness(b, "\"ready\"");
    }
  }

  private List<Path> files(String name) throws IOException {
    try (Stream<Path> files = Files.walk(world.stateDirectory())) {
      return files.filter(file -> file.endsWith(name)).toList();
    }
  }
}
