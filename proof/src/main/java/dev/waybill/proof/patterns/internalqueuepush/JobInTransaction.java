package dev.waybill.proof.patterns.internalqueuepush;

import dev.waybill.proof.patterns.Bank;
import dev.waybill.proof.patterns.BookingRequest;
import dev.waybill.proof.patterns.Pattern;
import dev.waybill.proof.patterns.Steps;

/** Writes a job beside the booking. */
public final class JobInTransaction implements Pattern {
  /** The job is written, the transaction is open. */
  public static final String WRITTEN = "job written";

  private static final String JOB = "INSERT INTO a.job (booking) VALUES (?)";

  private final Bank bank;
  private final Steps steps;

  public JobInTransaction(Bank bank, Steps steps) {
    this.bank = bank;
    this.steps = steps;
  }

  @Override
  public void book(BookingRequest request) throws Exception {
    bank.inTransaction(
        request,
        tx -> {
          var booking = bank.change(tx, request); // 1.
          Bank.execute(tx, JOB, booking.text()); // 2.
          steps.at(WRITTEN, booking.id());
          return booking;
        }); // 3.
  }
}
