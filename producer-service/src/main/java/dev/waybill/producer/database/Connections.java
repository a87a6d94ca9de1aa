package dev.waybill.producer.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Opens the ways to the database. None connects yet, so that a database may be away at a start. */
public final class Connections {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private Connections() {}

  /** The pool that requests use; its sessions end what takes too long by themselves. */
  public static HikariDataSource pool(DatabaseSettings settings, MeterRegistry metrics) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("orders");
    config.setJdbcUrl(settings.login().url());
    config.setUsername(settings.login().user());
    config.setPassword(settings.login().password());
    config.setMaximumPoolSize(settings.poolSize());
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(settings.poolWait().toMillis());
    config.setValidationTimeout(Math.min(settings.poolWait().toMillis(), 1_000));
    config.setMaxLifetime(Duration.ofMinutes(15).toMillis());
    config.setKeepaliveTime(Duration.ofMinutes(1).toMillis());
    // A waiter for another transaction must then see what it committed.
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setConnectionInitSql(session(settings));
    config.addDataSourceProperty("ApplicationName", "waybill-producer");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("connectTimeout", seconds(CONNECT_TIMEOUT));
    // The server ends a statement first; this is for a server that is no longer there.
    config.addDataSourceProperty(
        "socketTimeout", seconds(settings.statementTimeout().plusSeconds(5)));
    config.setMetricRegistry(metrics);
    return new HikariDataSource(config);
  }

  /**
   * Single connections without the pool's limits, for the service's own business.
   *
   * @param answerWithin how long the server may be silent; zero is for ever
   */
  public static DataSource direct(DatabaseSettings settings, Duration answerWithin) {
    PGSimpleDataSource direct = new PGSimpleDataSource();
    direct.setUrl(settings.login().url());
    direct.setUser(settings.login().user());
    direct.setPassword(settings.login().password());
    direct.setApplicationName("waybill-producer");
    direct.setConnectTimeout((int) CONNECT_TIMEOUT.toSeconds());
    direct.setSocketTimeout((int) answerWithin.toSeconds());
    return direct;
  }

  private static String session(DatabaseSettings settings) {
    return set("statement_timeout", settings.statementTimeout())
        + set("lock_timeout", settings.lockTimeout())
        + set("idle_in_transaction_session_timeout", settings.statementTimeout().multipliedBy(2));
  }

  private static String set(String name, Duration timeout) {
    return "SET " + name + " = " + timeout.toMillis() + ";";
  }

  private static String seconds(Duration duration) {
    return Long.toString(duration.toSeconds());
  }
}
