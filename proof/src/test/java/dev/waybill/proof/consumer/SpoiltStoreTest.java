package dev.waybill.proof.consumer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
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

/** The files of B's stores are spoilt while it does not run; it finds that out sooner or later. */
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

  @Test
  void aStoreThatAQuestionFindsSpoiltComesBackFromItsChangelog() throws Exception {
    OrderEvent placed = Orders.placed();
    world.write(placed);
    String before;
    try (Consumer b = world.start()) {
      world.awaitTotals(b, placed, 1);
      before = world.totals(b, placed);
    }
    flipWhereverThereIs(placed.getOrder().getCustomerId().toString());

    try (Consumer b = world.start()) {
      world.awaitTotals(b, placed, "a local store is spoilt");
      world.awaitTotals(b, placed, before);
      OrderEvent paid = Orders.paid(placed);
      world.write(paid);
      world.awaitTotals(b, paid, 2);
      ConsumerWorld.awaitReadiness(b, "\"ready\"");
    }
  }

  /** A bit of each block of a store that has the text. */
  private void flipWhereverThereIs(String text) throws IOException {
    int flipped = 0;
    for (Path file : files(".sst")) {
      byte[] bytes = Files.readAllBytes(file);
      int place = new String(bytes, ISO_8859_1).indexOf(text);
      if (place >= 0) {
        bytes[place] ^= 1;
        Files.write(file, bytes);
        flipped++;
      }
    }
    assertThat(flipped).isPositive();
  }

  private List<Path> files(String name) throws IOException {
    try (Stream<Path> files = Files.walk(world.stateDirectory())) {
      return files.filter(file -> file.getFileName().toString().endsWith(name)).toList();
    }
  }
}
