package dev.waybill.proof.lab;

import dev.waybill.proof.lab.ledger.Asked;
import dev.waybill.proof.patterns.BookingRequest;
import dev.waybill.proof.world.TcpProxy.Mode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Commits that fail, or seem to. The lab holds the row that a deferred foreign key looks at, so
 * that A's transaction has done all that it does, has told whomever it tells, and waits in its
 * commit; then the lab decides what becomes of it.
 */
final class Rollbacks {
  private static final Duration LIMIT = Duration.ofSeconds(4);
  private static final Duration LOOK = Duration.ofMillis(10);

  /** An answer is behind the commit that others see already. */
  private static final Duration ON_ITS_WAY = Duration.ofMillis(250);

  private static final String CONSTRAINT = "23503";
  private static final String DEADLOCK = "40P01";
  private static final String SERIALISATION = "40001";
  private static final String TIMEOUT = "55P03";

  private static final String HOLD =
      "SELECT id FROM a.branch WHERE id = " + Store.LOCKED_BRANCH + " FOR UPDATE";

  private static final String WANT_THE_ACCOUNT =
      "UPDATE a.account SET balance = balance WHERE id = '" + Load.UNLUCKY_ACCOUNT + "'";

  private static final String READ_THE_ACCOUNT =
      "SELECT balance FROM a.account WHERE id = '" + Load.UNLUCKY_ACCOUNT + "'";

  private static final String CLOSE_THE_DAY = "UPDATE a.business_day SET open = open";

  private final Party party;
  private final Load load;

  Rollbacks(Party party, Load load) {
    this.party = party;
    this.load = load;
  }

  /** The branch is none. */
  boolean constraint() throws InterruptedException, ExecutionException {
    return has(load.ask(load.request(Load.UNLUCKY_ACCOUNT, Store.NO_BRANCH, false)), CONSTRAINT);
  }

  /** Whoever holds the branch wants the account, too; A's session looks for deadlocks first. */
  boolean deadlock() throws InterruptedException, ExecutionException, SQLException {
    try (Connection holder = hold()) {
      execute(holder, "SET LOCAL deadlock_timeout = '30s'");
      CompletableFuture<Asked> answer = askInVain(false);
      awaitCommit(answer);
      execute(holder, WANT_THE_ACCOUNT);
      holder.rollback();
      return has(answer, DEADLOCK);
    }
  }

  /** The day is closed by somebody who has read the account before A's booking. */
  boolean serialisation() throws InterruptedException, ExecutionException, SQLException {
    try (Connection holder = hold()) {
      CompletableFuture<Asked> answer = askInVain(true);
      awaitCommit(answer);
      try (Connection clerk = party.store().open()) {
        clerk.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        clerk.setAutoCommit(false);
        execute(clerk, READ_THE_ACCOUNT);
        execute(clerk, CLOSE_THE_DAY);
        clerk.commit();
      }
      holder.rollback();
      return has(answer, SERIALISATION);
    }
  }

  /** Nobody lets go of the branch. */
  boolean lockTimeout() throws InterruptedException, ExecutionException, SQLException {
    try (Connection holder = hold()) {
      boolean timedOut = has(askInVain(false), TIMEOUT);
      holder.rollback();
      return timedOut;
    }
  }

  /** A's database commits, and A does not hear of it. */
  boolean commitAnswerLost() throws InterruptedException, ExecutionException, SQLException {
    BookingRequest request = load.request(Load.UNLUCKY_ACCOUNT, Store.LOCKED_BRANCH, false);
    try (Connection holder = hold()) {
      CompletableFuture<Asked> answer = load.ask(request);
      awaitCommit(answer);
      party.toPostgres().set(Mode.ANSWERS_LOST);
      try {
        holder.rollback();
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!party.store().hasBooking(request.id()) && System.nanoTime() < deadline) {
          Attacker.pause(LOOK);
        }
        Attacker.pause(ON_ITS_WAY);
      } finally {
        party.toPostgres().set(Mode.OPEN);
      }
      return answer.get().status() != 200 && party.store().hasBooking(request.id());
    }
  }

  private Connection hold() throws SQLException {
    Connection holder = party.store().open();
    holder.setAutoCommit(false);
    execute(holder, HOLD);
    return holder;
  }

  private CompletableFuture<Asked> askInVain(boolean strict) {
    return load.ask(load.request(Load.UNLUCKY_ACCOUNT, Store.LOCKED_BRANCH, strict));
  }

  /** Until A waits for the branch, or was refused already. */
  private void awaitCommit(CompletableFuture<Asked> answer)
      throws InterruptedException, SQLException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!answer.isDone() && !party.store().somebodyWaits() && System.nanoTime() < deadline) {
      Attacker.pause(LOOK);
    }
  }

  private static boolean has(CompletableFuture<Asked> answer, String state)
      throws InterruptedException, ExecutionException {
    return answer.get().answer().startsWith(state);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
