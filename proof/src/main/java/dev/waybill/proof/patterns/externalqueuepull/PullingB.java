package dev.waybill.proof.patterns.externalqueuepull;

import dev.waybill.proof.patterns.Booking;
import dev.waybill.proof.patterns.Effects;
import dev.waybill.proof.patterns.Worker;
import dev.waybill.proof.patterns.externalqueue.Taker;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** B as a consumer: an effect, then its offset. */
public final class PullingB implements Worker {
  private final Taker queue;

  /**
   * @param format how a record says its booking
   */
  public PullingB(
      String kafka,
      String topic,
      Function<ConsumerRecord<String, String>, Booking> format,
      Effects effects) {
    this.queue =
        new Taker(kafka, topic, taken -> effects.takeForCertain(format.apply(taken))); // 5.
  }

  @Override
  public void work() throws InterruptedException {
    queue.work(); // 4., 5., 6., and so on
  }
}
