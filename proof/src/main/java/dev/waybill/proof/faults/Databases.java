package dev.waybill.proof.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.orders.OrderEvent;
import dev.waybill.outbox.Outbox;
import dev.waybill.outbox.OutboxSettings;
import dev.waybill.producer.orders.NewOrder;
import dev.waybill.producer.orders.OrderLine;
import dev.waybill.producer.orders.Orders;
import dev.waybill.proof.faults.Attack.Flow;
import dev.waybill.proof.ledger.Fault;
import dev.waybill.proof.ledger.Fault.Part;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** F5: what becomes of A's database, and what others do in it. */
final class Databases {
  private Databases() {}

  static AttackDraft disturb(Draw draw) {
    return switch (draw.between(0, 6)) {
      case 0 -> kill(draw);
      case 1 -> prepare(draw);
      case 2 -> contend(draw);
      case 3 -> promote(draw);
      default -> Servers.disturbPostgres(draw);
    };
  }

  private static AttackDraft kill(Draw draw) {
    return new AttackDraft(
        "PostgreSQL killed",
        Part.A,
        Flow.CHANGES,
        draw.seconds(0, 4),
        target -> target.world().postgres().kill(),
        target -> target.world().postgres().start());
  }

  /** One that places an order: its event is committed long after younger ones, or never. */
  private static AttackDraft prepare(Draw draw) {
    String name = "campaign-" + draw.between(0, Integer.MAX_VALUE - 1);
    boolean commits = draw.between(0, 1) == 0;
    return new AttackDraft(
        "an order in a prepared transaction, which is then "
            + (commits ? "committed" : "rolled back"),
        Part.NOBODY,
        Flow.CHANGES,
        draw.seconds(5, 20),
        target -> prepare(target.world().postgres().dataSource(), name),
        target ->
            execute(
                target.world().postgres().dataSource(),
                (commits ? "COMMIT" : "ROLLBACK") + " PREPARED '" + name + "'"));
  }

  private static void prepare(DataSource database, String name) throws SQLException {
    Outbox outbox =
        Outbox.open(
            DSL.using(database, SQLDialect.POSTGRES),
            OutboxSettings.defaults(),
            List.of(OrderEvent.getClassSchema()));
    NewOrder order =
        new NewOrder(
            UUID.nameUUIDFromBytes(name.getBytes(UTF_8)),
            "EUR",
            List.of(new OrderLine("tea", 2, new BigDecimal("4.5000"))));
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      new Orders(outbox, Clock.systemUTC())
          .place(DSL.using(connection, SQLDialect.POSTGRES).configuration(), order, Map.of());
      statement.execute("PREPARE TRANSACTION '" + name + "'");
    }
  }

  static void execute(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static AttackDraft contend(Draw draw) {
    AtomicReference<@Nullable Contention> contention = new AtomicReference<>();
    return new AttackDraft(
        "sessions of somebody else that deadlock and cannot be serialized with A's orders",
        Part.A,
        Flow.CHANGES,
        draw.seconds(3, 10),
        target -> contention.set(Contention.begin(target.world().postgres().dataSource())),
        target -> {
          Contention begun = contention.getAndSet(null);
          if (begun != null) {
            begun.end();
          }
        });
  }

  /** The primary is killed while nothing is acknowledged that its standby has not. */
  private static AttackDraft promote(Draw draw) {
    return new AttackDraft(
        Fault.PROMOTION,
        Part.A,
        Flow.CHANGES,
        draw.seconds(0, 3),
        target -> {
          target.world().postgres().makeStandby();
          target.world().postgres().kill();
        },
        target -> target.world().promoteStandby());
  }
}
