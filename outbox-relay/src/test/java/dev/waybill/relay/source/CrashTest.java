package dev.waybill.relay.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.relay.cursor.Slots;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * After a crash PostgreSQL gives out again the transaction numbers of which no trace reached the
 * disk. The snapshots of before had them as finished.
 */
class CrashTest {
  private static final Map<String, String> SLOW_TO_FLUSH = Map.of("wal_writer_delay", "10s");

  @Test
  void transactionNumberThatIsUsedAgainAfterACrashIsNotTakenForSeen(@TempDir Path folder)
      throws Exception {
    try (Cluster cluster = new Cluster(folder.resolve("data"), SLOW_TO_FLUSH)) {
      cluster.migrate();
      cluster.execute("CHECKPOINT");
      LaneUnderTest lane =
          new LaneUnderTest(cluster.outbox(), Slots.ALL, new PageLimits(100, 1 << 20));
      lane.drain();
      long lost;
      try (Writer writer = new Writer(cluster.dataSource())) {
        writer.append("a", 1).commit();
        writer.append("a", 2);
        lost = number(writer);
        writer.rollback();
      }
      assertThat(lane.drain()).containsExactly("a:1");
      assertThat(lane.drain()).isEmpty();

      cluster.crash();
      assertThatThrownBy(lane::drain).isInstanceOf(SQLException.class);
      cluster.start();
      try (Writer writer = new Writer(cluster.dataSource())) {
        writer.append("a", 2);
        assertThat(number(writer)).as("the number is used again").isEqualTo(lost);
        writer.commit();
      }

      try (LaneUnderTest next =
          new LaneUnderTest(cluster.outbox(), Slots.ALL, new PageLimits(100, 1 << 20))) {
        next.restartFrom(lane.stored());
        assertThat(next.drain()).containsExactly("a:2");
        assertThat(next.restart().drain()).isEmpty();
      }
    }
  }

  private static long number(Writer writer) throws SQLException {
    return Long.parseLong(writer.value("SELECT pg_current_xact_id()::text"));
  }
}
