package dev.waybill.bench;

import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.orders.OrderEvent;
import dev.waybill.outbox.Outbox;
import dev.waybill.outbox.OutboxSettings;
import dev.waybill.producer.database.Connections;
import dev.waybill.producer.database.DatabaseSettings;
import dev.waybill.runtime.Settings;
import dev.waybill.stack.LocalStack;
import dev.waybill.stack.PostgresServer;
import dev.waybill.stack.StackLayout;
import dev.waybill.stack.StackService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** A, the relay, B and the console as {@code ./waybill up} starts them, on servers of their own. */
final class WholePath implements AutoCloseable {
  private static final int CLIENTS = 8;
  private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(30);
  private static final String APPLIED = "waybill_consumer_records_total{outcome=\"applied\"}";

  private final LocalStack stack;
  private final StackService console;
  private final Progress progress;

  private WholePath(LocalStack stack, StackService console, Progress progress) {
    this.stack = stack;
    this.console = console;
    this.progress = progress;
  }

  /** Starts all of it; blocks until each part is ready. */
  static WholePath start(Path folder, Progress progress) {
    LocalStack stack =
        LocalStack.start(StackLayout.onFreePorts(folder), part -> progress.say("%s", part));
    return new WholePath(stack, stack.startConsole(), progress);
  }

  /** Takes orders through their lives until so many events took effect in B. */
  void move(int events) throws Exception {
    write(events);
    progress.say("%,d events are committed", events);
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (applied() < events) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("B has applied " + (long) applied() + " of them");
      }
      TimeUnit.SECONDS.sleep(1);
    }
    progress.say("and applied");
  }

  private void write(int events) throws Exception {
    DatabaseSettings settings =
        DatabaseSettings.from(
            new Settings(
                Map.of(
                    "DATABASE_URL", stack.postgres().jdbcUrl(),
                    "DATABASE_USER", PostgresServer.USER,
                    "DATABASE_POOL_SIZE", Integer.toString(CLIENTS))));
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try (HikariDataSource pool = Connections.pool(settings, new SimpleMeterRegistry())) {
      DSLContext database = DSL.using(pool, SQLDialect.POSTGRES);
      Outbox outbox =
          Outbox.open(database, OutboxSettings.defaults(), List.of(OrderEvent.getClassSchema()));
      OrderLives lives = new OrderLives(database, outbox);
      AtomicInteger left = new AtomicInteger(events);
      List<Future<Integer>> running = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        running.add(clients.submit(() -> lives.run(() -> left.getAndDecrement() > 0)));
      }
      for (Future<Integer> one : running) {
        Integer unused = one.get();
      }
    } finally {
      clients.shutdownNow();
    }
  }

  private double applied() throws IOException, InterruptedException {
    return Metrics.sum(Metrics.of(stack.consumer().url()), APPLIED);
  }

  /** The services of the path, in its order. */
  List<StackService> services() {
    return stack.services();
  }

  StackService console() {
    return console;
  }

  Database database() {
    return new Database("orders", stack.postgres().jdbcUrl(), stack.postgres().dataSource());
  }

  @Override
  public void close() {
    stack.close();
  }
}
