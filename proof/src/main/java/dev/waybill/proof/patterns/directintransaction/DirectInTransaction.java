package dev.waybill.proof.patterns.directintransaction;

import dev.waybill.proof.patterns.Bank;
import dev.waybill.proof.patterns.BookingRequest;
import dev.waybill.proof.patterns.CallToB;
import dev.waybill.proof.patterns.Pattern;

/** Calls B as the last thing before the commit. */
public final class DirectInTransaction implements Pattern {
  private final Bank bank;
  private final CallToB b;

  public DirectInTransaction(Bank bank, CallToB b) {
    this.bank = bank;
    this.b = b;
  }

  @Override
  public void book(BookingRequest request) throws Exception {
    bank.inTransaction(
        request,
        tx -> {
          var booking = bank.change(tx, request); // 1.
          b.tell(booking); // 2.
          return booking;
        }); // 3.
  }
}
