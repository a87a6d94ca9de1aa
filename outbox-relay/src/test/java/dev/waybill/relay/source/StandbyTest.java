package dev.waybill.relay.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waybill.relay.cursor.Slots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real hot standby, made of a base backup and streaming replication. */
class StandbyTest {

  @Test
  void standbyIsRefusedBecauseItsSnapshotsDoNotNameWhoIsInProgress(@TempDir Path folder)
      throws Exception {
    try (Cluster primary = new Cluster(folder.resolve("primary"), Map.of())) {
      primary.migrate();
      try (Cluster standby = standby(primary, folder);
          Writer open = new Writer(primary.dataSource());
          Writer writer = new Writer(primary.dataSource())) {
        open.append("open", 1);
        String inProgress = open.value("SELECT pg_current_xact_id()::text");
        writer.append("a", 1).commit();
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> count(standby.dataSource(), "a").equals("1"));

        assertThat(value(primary.dataSource(), "SELECT pg_snapshot_xip(pg_current_snapshot())"))
            .isEqualTo(inProgress);
        assertThat(
                value(
                    standby.dataSource(),
                    "SELECT count(*) FROM pg_snapshot_xip(pg_current_snapshot())"))
            .as("transactions in progress, of which there is one, as the standby names them")
            .isEqualTo("0");
        assertThat(
                value(
                    standby.dataSource(),
                    "SELECT pg_visible_in_snapshot('%s', pg_current_snapshot())"
                        .formatted(inProgress)))
            .as("the open transaction counts as seen")
            .isEqualTo("t");

        assertThatThrownBy(
                () -> new LaneUnderTest(standby.outbox(), Slots.ALL, new PageLimits(10, 1 << 20)))
            .isInstanceOf(StandbyException.class)
            .hasMessageContaining("point DATABASE_URL at the primary");
      }
    }
  }

  @Test
  void promotedStandbyIsReadAgainFromTheRewindOn(@TempDir Path folder) throws Exception {
    try (Cluster primary = new Cluster(folder.resolve("primary"), Map.of())) {
      primary.migrate();
      try (Cluster standby = standby(primary, folder);
          LaneUnderTest lane =
              new LaneUnderTest(primary.outbox(), Slots.ALL, new PageLimits(10, 1 << 20));
          LaneUnderTest next = promotedLane(primary, standby, lane)) {
        try (Writer writer = new Writer(standby.dataSource())) {
          writer.append("a", 2).commit();
        }

        assertThat(next.restartFrom(lane.stored()).drain()).containsExactly("a:1", "a:2");
        assertThat(next.restart().drain()).isEmpty();
      }
    }
  }

  private static LaneUnderTest promotedLane(Cluster primary, Cluster standby, LaneUnderTest lane)
      throws SQLException {
    try (Writer writer = new Writer(primary.dataSource())) {
      writer.append("a", 1).commit();
    }
    lane.drain();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> count(standby.dataSource(), "a").equals("1"));
    standby.execute("SELECT pg_promote()");
    return new LaneUnderTest(standby.outbox(), Slots.ALL, new PageLimits(10, 1 << 20));
  }

  private static String count(DataSource database, String aggregate) throws SQLException {
    return value(
        database, "SELECT count(*) FROM outbox_event WHERE aggregate_id = '" + aggregate + "'");
  }

  private static String value(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static Cluster standby(Cluster primary, Path folder) throws Exception {
    Path data = folder.resolve("standby");
    try (Connection connection = primary.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_backup_start('standby', fast => true)");
      copy(folder.resolve("primary"), data);
      try (ResultSet row = statement.executeQuery("SELECT labelfile FROM pg_backup_stop()")) {
        row.next();
        Files.writeString(data.resolve("backup_label"), row.getString(1));
      }
    }
    Files.createFile(data.resolve("standby.signal"));
    Files.writeString(
        data.resolve("postgresql.auto.conf"),
        "primary_conninfo = 'host=127.0.0.1 port=%s user=postgres'\n".formatted(primary.port()),
        StandardOpenOption.APPEND);
    return new Cluster(data, Map.of());
  }

  /** A base backup: everything but the locks and the WAL, which streams. */
  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path relative = from.relativize(file);
        boolean wal = relative.startsWith("pg_wal") && Files.isRegularFile(file);
        boolean lock = relative.toString().matches("postmaster\\..*|epg-lock");
        if (!wal && !lock) {
          copyOne(file, to.resolve(relative));
        }
      }
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
  }

  private static void copyOne(Path from, Path to) throws IOException {
    try {
      Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    } catch (NoSuchFileException goneMeanwhile) {
      // The server may remove a file while its folder is copied; a backup does without it.
      Files.notExists(from);
    }
  }
}
