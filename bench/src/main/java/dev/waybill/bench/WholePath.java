package dev.waybill.bench;

import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.stack.LocalStack;
import dev.waybill.stack.StackLayout;
import dev.waybill.stack.StackService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
  private static final int FEW = 100_000;
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
    ExecutorService clients = Executors.newFixedThreadPool(OrderLives.CLIENTS);
    try (HikariDataSource pool = OrderLives.pool(stack.postgres().jdbcUrl())) {
      DSLContext database = DSL.using(pool, SQLDialect.POSTGRES);
      OrderLives lives = new OrderLives(database, OrderLives.outbox(database));
      AtomicInteger left = new AtomicInteger(events);
      List<Future<Integer>> running = lives.runAll(clients, () -> left.getAndDecrement() > 0);
      long deadline = System.nanoTime() + LIMIT_NANOS;
      for (double applied = applied(); applied < events; applied = applied()) {
        progress.say("%,.0f of %,d events went all the way", applied, events);
        for (Future<Integer> one : running) {
          Integer unused = one.isDone() ? one.get() : null;
        }
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("it takes too long");
        }
        TimeUnit.SECONDS.sleep(events < FEW ? 1 : 10);
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
