package dev.waybill.proof.lab.process;

import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.proof.patterns.CallToB;
import dev.waybill.proof.patterns.Worker;
import dev.waybill.proof.patterns.externalqueuepush.PushingWorker;
import dev.waybill.proof.patterns.internalqueuepush.JobWorker;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A's worker: one that takes from Kafka, or two that take jobs. */
public final class LabWorker {
  private static final Logger log = LoggerFactory.getLogger(LabWorker.class);

  private LabWorker() {}

  public static void main(String[] args) throws Exception {
    Place place = Place.here();
    CallToB b = new CallToB(place.b(), place.steps());
    SmallServer.on(Place.port(), () -> true).start();
    if (place.variant().equals("external-queue-push")) {
      start(new PushingWorker(place.kafka(), place.topic(), b));
    } else {
      HikariDataSource database = place.pool();
      Stream.generate(() -> new JobWorker(database, b)).limit(2).forEach(LabWorker::start);
    }
  }

  private static void start(Worker worker) {
    new Thread(
            () -> {
              try {
                worker.work();
              } catch (InterruptedException ended) {
                log.debug("the worker ends", ended);
              }
            },
            "worker")
        .start();
  }
}
