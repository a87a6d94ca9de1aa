package dev.waybill.proof.world;

import dev.waybill.proof.edits.Edit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/**
 * Where the services ask what time it is, so that their clocks can be wrong: where A dates ids and
 * events, where the relay dates its records, its reads and its readiness, and where B dates what it
 * remembers, its letters and its readiness. What Kafka's own clients and PostgreSQL ask is right.
 */
final class Clocks {
  private static final String OWN = SkewedClock.class.getName() + ".ofThisProcess()";
  private static final String IDS =
      "Generators.timeBasedEpochGenerator(new java.security.SecureRandom(), "
          + SkewedClock.class.getName()
          + ".ofIds());";

  private Clocks() {}

  static List<Edit> edits() {
    return List.of(
        Edit.of(
            "outbox",
            "dev.waybill.outbox.OutboxEvent",
            "Generators.timeBasedEpochGenerator();",
            IDS),
        producer("this.clock = clock;", "this.clock = " + OWN + ";"),
        producer("Generators.timeBasedEpochGenerator();", IDS),
        relay("OutboxReaders", "Clock.systemUTC()", OWN),
        relay("Relay", "Clock.systemUTC()", OWN),
        relay("topic.EventRecords", "        NOW,\n", "        " + OWN + ".millis(),\n"),
        consumer("Consumer", "Clock.systemUTC()", OWN),
        Edit.of(
            "deduplication",
            "dev.waybill.deduplication.Outlet",
            "Instant.ofEpochMilli(context.currentSystemTimeMs())",
            OWN + ".instant()"));
  }

  private static Edit producer(String find, String replacement) {
    return Edit.of("producer-service", "dev.waybill.producer.orders.Orders", find, replacement);
  }

  private static Edit relay(String className, String find, String replacement) {
    return Edit.of("outbox-relay", "dev.waybill.relay." + className, find, replacement);
  }

  private static Edit consumer(String className, String find, String replacement) {
    return Edit.of("consumer-service", "dev.waybill.consumer." + className, find, replacement);
  }

  /**
   * Makes the clock wrong of a process that looks for its kill points in that folder; right, when
   * the offset is zero.
   */
  static void set(Path folder, Duration offset) throws IOException {
    Path file = Files.createDirectories(folder).resolve(SkewedClock.FILE);
    if (offset.isZero()) {
      Files.deleteIfExists(file);
      return;
    }
    Path written = Files.writeString(folder.resolve("clock.new"), offset.toMillis() + "\n");
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
