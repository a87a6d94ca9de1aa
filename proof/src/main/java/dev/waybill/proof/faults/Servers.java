package dev.waybill.proof.faults;

import dev.waybill.proof.faults.Attack.Deed;
import dev.waybill.proof.faults.Attack.Flow;
import dev.waybill.proof.ledger.Fault.Part;
import dev.waybill.proof.world.Brokers;
import dev.waybill.proof.world.RegistryFront.Mood;
import dev.waybill.stack.KafkaServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** F4, F5 and F10: what becomes of servers. */
final class Servers {
  private Servers() {}

  /** Of three brokers one; now and then each in turn. */
  static AttackDraft stopKafka(Draw draw) {
    boolean kill = draw.between(0, 1) == 0;
    boolean rolling = draw.between(0, 3) == 0;
    int victim = draw.between(0, 2);
    Duration away = draw.seconds(1, 8);
    return new AttackDraft(
        (kill ? "SIGKILL of " : "an orderly shutdown of ")
            + (rolling ? "each broker in turn" : "broker " + (victim + 1)),
        Part.BEHIND,
        Flow.APPLIED,
        rolling ? Duration.ZERO : away,
        target -> {
          Brokers brokers = target.world().brokers();
          if (rolling) {
            for (int index = 0; index < brokers.count(); index++) {
              stop(brokers.broker(index), kill);
              brokers.broker(index).start();
            }
          } else {
            stop(brokers.broker(victim % brokers.count()), kill);
          }
        },
        target -> {
          Brokers brokers = target.world().brokers();
          if (!rolling) {
            brokers.broker(victim % brokers.count()).start();
          }
        });
  }

  private static void stop(KafkaServer broker, boolean kill) {
    if (kill) {
      broker.kill();
    } else {
      broker.stop();
    }
  }

  /** Away, or in a mood. */
  static AttackDraft disturbRegistry(Draw draw) {
    Mood mood = draw.of(List.of(Mood.values()));
    if (mood == Mood.WELL) {
      return stopRegistry(draw);
    }
    return new AttackDraft(
        "the registry " + mood.name().toLowerCase(Locale.ROOT),
        Part.BEHIND,
        Flow.APPLIED,
        draw.seconds(2, 12),
        target -> target.world().registryFront().set(mood),
        target -> target.world().registryFront().set(Mood.WELL));
  }

  private static AttackDraft stopRegistry(Draw draw) {
    return new AttackDraft(
        "the registry stopped",
        Part.BEHIND,
        Flow.APPLIED,
        draw.seconds(2, 12),
        target -> target.world().servers().registry().stop(),
        target -> target.world().servers().registry().start());
  }

  static AttackDraft disturbPostgres(Draw draw) {
    return switch (draw.between(0, 2)) {
      case 0 ->
          new AttackDraft(
              "PostgreSQL stopped",
              Part.A,
              Flow.CHANGES,
              draw.seconds(1, 5),
              target -> target.world().servers().postgres().stop(),
              target -> target.world().servers().postgres().start());
      case 1 ->
          new AttackDraft(
              "every session of PostgreSQL ended",
              Part.A,
              Flow.CHANGES,
              draw.seconds(0, 0),
              Servers::endSessions,
              Deed.none());
      default -> openTransaction(draw);
    };
  }

  private static void endSessions(Target target) throws SQLException {
    Databases.execute(
        target.world().servers().postgres().dataSource(),
        """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
        """);
  }

  /** Holds back the horizon of snapshots, and nobody else. */
  private static AttackDraft openTransaction(Draw draw) {
    AtomicReference<@Nullable Connection> open = new AtomicReference<>();
    return new AttackDraft(
        "a transaction that stays open",
        Part.NOBODY,
        Flow.CHANGES,
        draw.seconds(5, 20),
        target -> {
          Connection connection = target.world().servers().postgres().dataSource().getConnection();
          open.set(connection);
          connection.setAutoCommit(false);
          try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_current_xact_id()");
          }
        },
        target -> {
          Connection connection = open.getAndSet(null);
          if (connection != null) {
            connection.close();
          }
        });
  }
}
