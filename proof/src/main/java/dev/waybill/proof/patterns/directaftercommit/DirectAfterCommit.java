package dev.waybill.proof.patterns.directaftercommit;

import dev.waybill.proof.patterns.Bank;
import dev.waybill.proof.patterns.Booking;
import dev.waybill.proof.patterns.BookingRequest;
import dev.waybill.proof.patterns.CallToB;
import dev.waybill.proof.patterns.Pattern;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Without retries: A's client waits for B, and hears of success, because A has booked. */
public final class DirectAfterCommit implements Pattern {
  private static final Logger log = LoggerFactory.getLogger(DirectAfterCommit.class);

  private final Bank bank;
  private final CallToB b;

  public DirectAfterCommit(Bank bank, CallToB b) {
    this.bank = bank;
    this.b = b;
  }

  @Override
  public void book(BookingRequest request) throws Exception {
    // 1. and 2.
    Booking booking = bank.inTransaction(request, tx -> bank.change(tx, request));
    // 3.
    try {
      b.tell(booking);
    } catch (IOException failure) {
      log.warn("B was not told of booking {}, or has not said so; A goes on", booking.id());
    }
  }
}
