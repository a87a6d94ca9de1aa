package dev.waybill.relay.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Writers that lock an aggregate, take its next version, dawdle, and commit or roll back, while a
 * reader polls with pages of a few rows and is restarted now and then. Give a seed back with {@code
 * -Dseed=}.
 */
@ExtendWith(SharedServer.class)
class RandomWritersTest {
  private static final int WRITERS = 6;
  private static final int AGGREGATES = 5;
  private static final int TRANSACTIONS = 80;

  private final long seed = Long.getLong("seed", new Random().nextLong());
  private final Queue<String> committed = new ConcurrentLinkedQueue<>();

  @RepeatedTest(3)
  void everyCommittedRowIsReadOnceAndInTheOrderOfItsAggregate() throws Exception {
    System.out.println("seed " + seed);
    SharedServer.execute(
        """
        DROP TABLE IF EXISTS thing;
        CREATE TABLE thing (id text PRIMARY KEY, version bigint NOT NULL);
        INSERT INTO thing SELECT 'a' || i, 0 FROM generate_series(1, %s) AS i
        """
            .formatted(AGGREGATES));
    ExecutorService executor = Executors.newFixedThreadPool(WRITERS);
    List<Future<?>> writers =
        IntStream.range(0, WRITERS)
            .<Future<?>>mapToObj(number -> executor.submit(() -> write(new Random(seed + number))))
            .toList();

    List<String> read = readUntilDone(writers, new Random(seed - 1));

    executor.shutdown();
    assertThat(read).as("seed " + seed).doesNotHaveDuplicates();
    assertThat(read).as("seed " + seed).containsExactlyInAnyOrderElementsOf(committed);
    versions(read)
        .forEach((aggregate, versions) -> assertThat(versions).as("seed " + seed).isSorted());
  }

  private List<String> readUntilDone(List<Future<?>> writers, Random random)
      throws SQLException, ExecutionException, InterruptedException {
    try (LaneUnderTest lane = LaneUnderTest.of(1 + random.nextInt(6), 50 + random.nextInt(200))) {
      while (!writers.stream().allMatch(Future::isDone)) {
        lane.page();
        if (random.nextInt(20) == 0) {
          lane.restart();
        }
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      lane.drain();
      assertThat(lane.restart().drain()).isEmpty();
      return lane.published();
    }
  }

  private Void write(Random random) throws SQLException {
    try (Writer writer = Writer.begin()) {
      for (int i = 0; i < TRANSACTIONS; i++) {
        if (random.nextInt(3) == 0) {
          writer.touch();
          dawdle(random);
        }
        String aggregate = "a" + (1 + random.nextInt(AGGREGATES));
        List<String> rows = new ArrayList<>();
        for (int row = random.nextInt(3); row >= 0; row--) {
          rows.add(appendNext(writer, aggregate, random));
        }
        dawdle(random);
        if (random.nextInt(4) == 0) {
          writer.rollback();
        } else {
          writer.commit();
          committed.addAll(rows);
        }
      }
    }
    return null;
  }

  private static String appendNext(Writer writer, String aggregate, Random random)
      throws SQLException {
    long version =
        Long.parseLong(
            writer.value(
                "UPDATE thing SET version = version + 1 WHERE id = '%s' RETURNING version"
                    .formatted(aggregate)));
    writer.append(0, aggregate, version, random.nextInt(60));
    return aggregate + ":" + version;
  }

  private static void dawdle(Random random) {
    LockSupport.parkNanos(Duration.ofMillis(random.nextInt(8)).toNanos());
  }

  private static Map<String, List<Long>> versions(List<String> read) {
    Map<String, List<Long>> versions = new HashMap<>();
    for (String row : read) {
      String[] parts = row.split(":", 2);
      versions.computeIfAbsent(parts[0], key -> new ArrayList<>()).add(Long.parseLong(parts[1]));
    }
    return versions;
  }
}
