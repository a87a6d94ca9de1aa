package dev.waybill.proof.world;

import dev.waybill.proof.StackFolder;
import dev.waybill.stack.LocalPostgres;
import dev.waybill.stack.Ports;
import dev.waybill.stack.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL that is the primary now. Another one can be made its synchronous standby, and take
 * its place: what a commit was acknowledged for is in both then. Changed by one thread; every
 * thread may ask where it is.
 */
public final class Primary implements PostgresServer {
  private static final Map<String, String> SETTINGS = Map.of("max_prepared_transactions", "8");
  private static final long LIMIT_SECONDS = 60;
  private static final String STANDBY = "standby";

  private final Path folder;
  private int number = 1;
  private volatile Node primary;
  private @Nullable Node standby;

  private record Node(LocalPostgres server, Path data, int port) {

    static Node start(Path data, int port) {
      return new Node(LocalPostgres.start(data, port, SETTINGS), data, port);
    }
  }

  private Primary(Path folder, Node primary) {
    this.folder = folder;
    this.primary = primary;
  }

  /** Starts the first; blocks until it answers. */
  static Primary start(Path folder, int port) {
    return new Primary(folder, Node.start(folder.resolve("postgres"), port));
  }

  int port() {
    return primary.port;
  }

  @Override
  public String jdbcUrl(String database) {
    return primary.server.jdbcUrl(database);
  }

  @Override
  public DataSource dataSource() {
    return primary.server.dataSource();
  }

  @Override
  public void start() {
    primary.server.start();
  }

  @Override
  public void stop() {
    primary.server.stop();
  }

  /** Ends the primary as a crash would; what it had acknowledged is there after its recovery. */
  public void kill() {
    primary.server.kill();
  }

  /**
   * Makes a standby of a base backup, and waits until no commit is acknowledged that it has not.
   *
   * @throws IllegalStateException when it does not come that far; the primary works on
   */
  public void makeStandby() throws SQLException, IOException, InterruptedException {
    number++;
    Path data = folder.resolve("postgres-" + number);
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_create_physical_replication_slot('" + STANDBY + "', true)");
      statement.execute("SELECT pg_backup_start('" + STANDBY + "', fast => true)");
      BaseBackup.copy(primary.data, data);
      try (ResultSet row =
          statement.executeQuery(
              "SELECT labelfile FROM pg_backup_stop(wait_for_archive => false)")) {
        row.next();
        BaseBackup.follow(data, row.getString(1), primary.port, STANDBY);
      }
      standby = Node.start(data, Ports.free());
      statement.execute("ALTER SYSTEM SET synchronous_standby_names = '" + STANDBY + "'");
      statement.execute("SELECT pg_reload_conf()");
      await(
          statement,
          """
          SELECT count(*) > 0 FROM pg_stat_replication
          WHERE sync_state = 'sync' AND state = 'streaming' AND flush_lsn >= '%s'
          """
              .formatted(value(statement, "SELECT pg_current_wal_lsn()")));
      // What commits from now on waits for the standby; what did not is in the log before it.
      await(
          statement,
          "SELECT count(*) > 0 FROM pg_stat_replication WHERE flush_lsn >= '%s'"
              .formatted(value(statement, "SELECT pg_current_wal_lsn()")));
    }
  }

  /**
   * Makes the standby the primary; blocks until it is. The other one has been {@linkplain #kill
   * killed}, and its data is deleted.
   */
  void promote() throws SQLException, IOException {
    Node next = Objects.requireNonNull(standby, "there is no standby");
    try (Connection connection = next.server.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_promote(true, " + LIMIT_SECONDS + ")");
    }
    Node before = primary;
    primary = next;
    standby = null;
    before.server.close();
    StackFolder.delete(before.data);
  }

  private static void await(Statement statement, String condition)
      throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!value(statement, condition).equals("t")) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the standby does not follow");
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static String value(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  @Override
  public void close() {
    Node other = standby;
    if (other != null) {
      other.server.close();
    }
    primary.server.close();
  }
}
