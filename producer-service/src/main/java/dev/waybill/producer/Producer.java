package dev.waybill.producer;

import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.orders.OrderEvent;
import dev.waybill.outbox.Outbox;
import dev.waybill.outbox.OutboxSettings;
import dev.waybill.producer.database.Connections;
import dev.waybill.producer.database.DatabaseStart;
import dev.waybill.producer.database.DatabaseWatch;
import dev.waybill.producer.http.OrderApi;
import dev.waybill.producer.http.OrderRoutes;
import dev.waybill.producer.idempotency.KeyExpiry;
import dev.waybill.producer.idempotency.Transactions;
import dev.waybill.producer.orders.Orders;
import dev.waybill.runtime.Closer;
import dev.waybill.runtime.Health;
import dev.waybill.runtime.Metrics;
import dev.waybill.runtime.Service;
import dev.waybill.runtime.ServiceServer;
import dev.waybill.runtime.Settings;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The composition root: builds system A from its settings, starts it, and closes it in reverse. */
public final class Producer implements Service {
  private static final Logger log = LoggerFactory.getLogger(Producer.class);

  private static final Duration WATCH_PATIENCE = Duration.ofSeconds(3);

  private final ProducerSettings settings;
  private final Closer closer = new Closer();
  private final Health health = new Health();
  private final AtomicReference<@Nullable OrderApi> api = new AtomicReference<>();
  private final PrometheusMeterRegistry metrics;
  private final HikariDataSource pool;
  private final DatabaseWatch watch;
  private final ServiceServer server;

  private Producer(ProducerSettings settings) {
    this.settings = settings;
    this.metrics = closer.add(new Metrics()).registry();
    this.pool = closer.add(Connections.pool(settings.database(), metrics));
    this.watch =
        closer.add(
            new DatabaseWatch(Connections.direct(settings.database(), WATCH_PATIENCE), metrics));
    addChecks();
    this.server =
        closer.add(
            new ServiceServer(
                settings.http(), health, metrics, new OrderRoutes(api::get, metrics)));
  }

  /**
   * Starts the service: the HTTP server first, then, once the database is there, the API. Blocks
   * until requests are taken.
   *
   * @throws dev.waybill.runtime.BadSettingsException naming every wrong setting; nothing was
   *     started
   * @throws SQLException when the database stayed away, or refused the user; nothing is left
   *     running
   * @throws RuntimeException when a migration failed or the port is taken; nothing is left running
   */
  public static Producer start(Settings environment) throws SQLException, InterruptedException {
    ProducerSettings settings = ProducerSettings.from(environment);
    log.info("starting with {}", environment);
    Producer producer = new Producer(settings);
    try {
      producer.open();
      return producer;
    } catch (Throwable failure) {
      producer.close();
      throw failure;
    }
  }

  private void open() throws SQLException, InterruptedException {
    server.start();
    DatabaseStart database =
        new DatabaseStart(Connections.direct(settings.database(), Duration.ZERO));
    database.await(settings.database().startWait());
    watch.start();
    database.migrate();
    DSLContext orders = DSL.using(pool, SQLDialect.POSTGRES);
    Outbox outbox =
        Outbox.open(orders, OutboxSettings.defaults(), List.of(OrderEvent.getClassSchema()));
    closer.add(new KeyExpiry(orders, settings.idempotencyRetention(), metrics)).start();
    api.set(
        new OrderApi(
            orders, new Transactions(orders, metrics), new Orders(outbox, Clock.systemUTC())));
  }

  @Override
  public Health health() {
    return health;
  }

  private void addChecks() {
    health.readyUnless("database", () -> watch.problem());
    health.readyUnless("pool", this::emptyPool);
    health.readyUnless(
        "start",
        () ->
            api.get() == null
                ? Optional.of("the database was not reached or migrated yet")
                : Optional.empty());
  }

  /** When a database comes back, the pool needs a moment more than the watch to find out. */
  private Optional<String> emptyPool() {
    return pool.getHikariPoolMXBean().getTotalConnections() == 0
        ? Optional.of("the pool has no connection to the database")
        : Optional.empty();
  }

  /** The bound port, also when {@code HTTP_PORT} asked for any free one. */
  public int httpPort() {
    return server.port();
  }

  /** Takes no more requests, finishes those in progress, and releases everything. Blocks. */
  @Override
  public void close() {
    closer.close();
  }
}
