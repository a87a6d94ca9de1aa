package dev.waybill.bench;

import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.producer.database.DatabaseStart;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * What the outbox costs A: transactions per second that place, pay and ship orders, with the event
 * and without it. The same statements, pool, session settings and number of clients, the sides in
 * short turns. Once as durable as A is in production, where all clients wait for the disk together,
 * and once without waiting for it, where only CPU counts.
 */
final class AppendCost implements Measurement {
  private static final String NAME = "append";
  private static final int ROUNDS = 8;
  private static final int SECONDS = 5;

  @Override
  public List<Result> run(Stage stage) throws Exception {
    Database database = stage.newDatabase(NAME);
    new DatabaseStart(database.source()).migrate();
    List<Result> results = new ArrayList<>();
    for (boolean durable : new boolean[] {true, false}) {
      set(database, durable);
      try (HikariDataSource pool = OrderLives.pool(database.url())) {
        results.add(compare(stage, pool, durable));
      }
    }
    stage.drop(database);
    return results;
  }

  private static void set(Database database, boolean durable) throws Exception {
    try (Connection connection = database.source().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "ALTER DATABASE append SET synchronous_commit = " + (durable ? "on" : "off"));
    }
  }

  private static Result compare(Stage stage, HikariDataSource pool, boolean durable)
      throws Exception {
    DSLContext database = DSL.using(pool, SQLDialect.POSTGRES);
    OrderLives with = new OrderLives(database, OrderLives.outbox(database));
    OrderLives without = new OrderLives(database, null);
    perSecond(stage, without);
    perSecond(stage, with);
    Compared rates =
        Compared.inTurns(
            stage.scale().rounds(ROUNDS),
            round -> perSecond(stage, with),
            round -> perSecond(stage, without));
    String how = durable ? "fsync, group commit" : "synchronous_commit off";
    stage.progress().say("%s: %,.0f with, %,.0f without", how, rates.value(), rates.reference());
    Result result =
        Result.of(
            NAME,
            "A, %s clients, %s".formatted(OrderLives.CLIENTS, how),
            rates,
            "tx/s",
            "no outbox");
    return result.against(Target.ratio(durable ? 0.88 : 0.84));
  }

  private static double perSecond(Stage stage, OrderLives lives) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(OrderLives.CLIENTS);
    try {
      long begun = System.nanoTime();
      long end = begun + stage.scale().seconds(SECONDS).toNanos();
      int transactions = 0;
      for (Future<Integer> one : lives.runAll(clients, () -> System.nanoTime() < end)) {
        transactions += one.get();
      }
      return transactions * 1e9 / (System.nanoTime() - begun);
    } finally {
      clients.shutdownNow();
    }
  }
}
