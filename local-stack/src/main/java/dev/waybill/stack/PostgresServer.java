package dev.waybill.stack;

import javax.sql.DataSource;

/** A PostgreSQL that can be stopped and started again, at the same address and with its data. */
public interface PostgresServer extends AutoCloseable {
  /** The user, who needs no password. */
  String USER = "postgres";

  /** Of the database of that name, whether or not there is one. */
  String jdbcUrl(String database);

  /** Of the database that is always there. */
  default String jdbcUrl() {
    return jdbcUrl("postgres");
  }

  /** Of the database that is always there; not pooled: each connection is a new one. */
  DataSource dataSource();

  /** Starts the stopped or killed server again; blocks until it answers. */
  void start();

  /** Ends sessions and stops the server in an orderly way; the data stays. */
  void stop();

  /** Stops the server for good. */
  @Override
  void close();
}
