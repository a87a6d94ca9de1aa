package dev.waybill.proof.patterns.externalqueuepush;

import dev.waybill.proof.patterns.Booking;
import dev.waybill.proof.patterns.CallToB;
import dev.waybill.proof.patterns.Worker;
import dev.waybill.proof.patterns.externalqueue.Taker;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A's worker between the queue and B. */
public final class PushingWorker implements Worker {
  private static final Logger log = LoggerFactory.getLogger(PushingWorker.class);
  private static final long PAUSE_MILLIS = 200;

  private final Taker queue;
  private final CallToB b;

  public PushingWorker(String kafka, String topic, CallToB b) {
    this.b = b;
    this.queue = new Taker(kafka, topic, taken -> tell(Booking.parse(taken.value())));
  }

  @Override
  public void work() throws InterruptedException {
    queue.work(); // 4., 5., 6., and so on
  }

  private void tell(Booking booking) throws InterruptedException {
    while (true) {
      try {
        b.tell(booking); // 5.
        return;
      } catch (IOException failure) {
        log.debug("B is told of booking {} again soon", booking.id(), failure);
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    }
  }
}
