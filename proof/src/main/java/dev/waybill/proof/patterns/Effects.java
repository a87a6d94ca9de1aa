package dev.waybill.proof.patterns;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The effect of a booking in B. Two B's in one: of the same word, a B that recognises nothing books
 * each time, and a B that recognises an id books once. Thread-safe.
 */
public final class Effects {
  /** The effect has committed; nobody was told so. */
  public static final String HAPPENED = "took effect in B";

  /** What makes an answer come too late. */
  public static final String ANSWER = "answer";

  private static final Logger log = LoggerFactory.getLogger(Effects.class);
  private static final long TOO_LATE_MILLIS = CallToB.PATIENCE.toMillis() * 3 / 2;
  private static final long SLOW_MILLIS = CallToB.PATIENCE.toMillis() * 6 / 10;
  private static final long PAUSE_MILLIS = 200;

  /** One effect of an account after the other. */
  private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtext(?))";

  private static final String EACH_TIME =
      "INSERT INTO b.effect (booking, account, version) VALUES (?, ?, ?)";

  private static final String ONCE =
      """
      INSERT INTO b.effect_once (booking, account, version) VALUES (?, ?, ?)
      ON CONFLICT (booking) DO NOTHING
      """;

  private final DataSource database;
  private final Steps steps;

  public Effects(DataSource database, Steps steps) {
    this.database = database;
    this.steps = steps;
  }

  /** Takes effect, in both. What happened is not told to anybody yet. */
  public void take(Booking booking) throws SQLException, InterruptedException {
    steps.delayNext(booking.account(), SLOW_MILLIS);
    try (Connection tx = database.getConnection()) {
      tx.setAutoCommit(false);
      Bank.execute(tx, LOCK, booking.account());
      Bank.execute(tx, EACH_TIME, booking.id(), booking.account(), booking.version());
      Bank.execute(tx, ONCE, booking.id(), booking.account(), booking.version());
      tx.commit();
    }
    steps.at(HAPPENED, booking.id());
    steps.delayAll(ANSWER, TOO_LATE_MILLIS);
  }

  /** The same, again and again until it could. */
  public void takeForCertain(Booking booking) throws InterruptedException {
    while (true) {
      try {
        take(booking);
        return;
      } catch (SQLException failure) {
        log.warn("B tries again to take booking {}", booking.id(), failure);
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    }
  }
}
