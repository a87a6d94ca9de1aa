package dev.waybill.proof.servers;

import dev.waybill.stack.Ports;
import dev.waybill.stack.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL's own image. */
final class ContainerPostgres implements PostgresServer {
  static final String IMAGE = "postgres:18";

  private static final int INNER_PORT = 5432;

  private final int port = Ports.free();
  private final ServerContainer server;

  private ContainerPostgres(Path folder) {
    this.server =
        ServerContainer.start(
            IMAGE,
            port,
            INNER_PORT,
            Map.of("POSTGRES_HOST_AUTH_METHOD", "trust"),
            new String[] {"postgres", "-c", "max_prepared_transactions=10"},
            this::answers,
            folder.resolve("postgres.log"));
  }

  static ContainerPostgres start(Path folder) {
    return new ContainerPostgres(folder);
  }

  private boolean answers() {
    try (Connection connection = dataSource().getConnection()) {
      return connection.isValid(2);
    } catch (SQLException notYet) {
      return false;
    }
  }

  @Override
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  @Override
  public DataSource dataSource() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl());
    source.setUser(USER);
    return source;
  }

  @Override
  public void start() {
    server.start();
  }

  @Override
  public void stop() {
    server.stop();
  }

  @Override
  public void close() {
    server.close();
  }
}
