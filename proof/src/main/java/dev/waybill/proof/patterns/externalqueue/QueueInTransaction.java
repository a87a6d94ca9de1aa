package dev.waybill.proof.patterns.externalqueue;

import dev.waybill.proof.patterns.Bank;
import dev.waybill.proof.patterns.BookingRequest;
import dev.waybill.proof.patterns.Pattern;

/** Writes to the queue as the last thing before the commit. */
public final class QueueInTransaction implements Pattern {
  private final Bank bank;
  private final KafkaQueue queue;

  public QueueInTransaction(Bank bank, KafkaQueue queue) {
    this.bank = bank;
    this.queue = queue;
  }

  @Override
  public void book(BookingRequest request) throws Exception {
    bank.inTransaction(
        request,
        tx -> {
          var booking = bank.change(tx, request); // 1.
          queue.put(booking); // 2.
          return booking;
        }); // 3.
  }
}
