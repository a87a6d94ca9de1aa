package dev.waybill.relay.source;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Opens the pool that the relay reads through: read-only, one connection a lane and one to spare.
 */
public final class OutboxConnections {
  private OutboxConnections() {}

  /**
   * Opens no connection yet, so that a database that is away does not keep the relay from starting.
   *
   * @param lanes how many read at once, 1 or more
   */
  public static HikariDataSource open(
      String url, String user, @Nullable String password, int lanes, MeterRegistry metrics) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("outbox");
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(lanes + 1);
    config.setMinimumIdle(1);
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(5_000);
    config.setMaxLifetime(15 * 60_000);
    config.setConnectionInitSql(OutboxSql.SESSION);
    config.addDataSourceProperty("ApplicationName", "waybill-relay");
    // Prepared at first use, so that no poll is planned or described twice.
    config.addDataSourceProperty("prepareThreshold", "1");
    config.addDataSourceProperty("stringtype", "unspecified");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("connectTimeout", "5");
    config.addDataSourceProperty("socketTimeout", "90");
    config.setMetricRegistry(metrics);
    return new HikariDataSource(config);
  }
}
