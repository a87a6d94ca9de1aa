package dev.waybill.proof.patterns.directaftercommit;

import dev.waybill.proof.patterns.Bank;
import dev.waybill.proof.patterns.Booking;
import dev.waybill.proof.patterns.BookingRequest;
import dev.waybill.proof.patterns.CallToB;
import dev.waybill.proof.patterns.Pattern;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** With retries in memory: A's client does not wait, and A calls for as long as it lives. */
public final class DirectAfterCommitRetrying implements Pattern {
  private static final Logger log = LoggerFactory.getLogger(DirectAfterCommitRetrying.class);
  private static final long PAUSE_MILLIS = 300;

  private final Bank bank;
  private final CallToB b;
  private final ScheduledExecutorService memory = Executors.newScheduledThreadPool(4);

  public DirectAfterCommitRetrying(Bank bank, CallToB b) {
    this.bank = bank;
    this.b = b;
  }

  @Override
  public void book(BookingRequest request) throws Exception {
    // 1. and 2.
    Booking booking = bank.inTransaction(request, tx -> bank.change(tx, request));
    // 3.
    memory.execute(() -> tell(booking));
  }

  private void tell(Booking booking) {
    try {
      b.tell(booking);
    } catch (IOException failure) {
      log.debug("B is told of booking {} again soon", booking.id(), failure);
      var unused = memory.schedule(() -> tell(booking), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
