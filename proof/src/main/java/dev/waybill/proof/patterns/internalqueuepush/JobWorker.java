package dev.waybill.proof.patterns.internalqueuepush;

import dev.waybill.proof.patterns.Bank;
import dev.waybill.proof.patterns.Booking;
import dev.waybill.proof.patterns.CallToB;
import dev.waybill.proof.patterns.Worker;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One of the workers, the usual way: {@code FOR UPDATE SKIP LOCKED}. */
public final class JobWorker implements Worker {
  private static final Logger log = LoggerFactory.getLogger(JobWorker.class);
  private static final long PAUSE_MILLIS = 20;

  private static final String TAKE =
      """
      SELECT id, booking FROM a.job WHERE due <= now()
      ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
      """;

  private static final String DONE = "DELETE FROM a.job WHERE id = ?";

  private static final String PUT_OFF =
      "UPDATE a.job SET due = now() + interval '300 milliseconds' WHERE id = ?";

  private final DataSource database;
  private final CallToB b;

  public JobWorker(DataSource database, CallToB b) {
    this.database = database;
    this.b = b;
  }

  @Override
  public void work() throws InterruptedException {
    while (true) {
      boolean worked = false;
      try {
        worked = workOnOne();
      } catch (SQLException failure) {
        log.warn("the job is taken again", failure);
      }
      if (!worked) {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    }
  }

  private boolean workOnOne() throws SQLException, InterruptedException {
    try (Connection tx = database.getConnection()) {
      tx.setAutoCommit(false);
      try (Statement take = tx.createStatement();
          ResultSet job = take.executeQuery(TAKE)) { // 4.
        boolean found = job.next();
        if (found) {
          boolean told = isTold(Booking.parse(job.getString(2))); // 5.
          Bank.execute(tx, told ? DONE : PUT_OFF, job.getLong(1)); // 6.
        }
        tx.commit();
        return found;
      }
    }
  }

  private boolean isTold(Booking booking) throws InterruptedException {
    try {
      b.tell(booking);
      return true;
    } catch (IOException failure) {
      log.debug("B is told of booking {} again soon", booking.id(), failure);
      return false;
    }
  }
}
