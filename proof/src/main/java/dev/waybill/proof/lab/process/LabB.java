package dev.waybill.proof.lab.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.proof.lab.process.SmallServer.Answer;
import dev.waybill.proof.patterns.Booking;
import dev.waybill.proof.patterns.Effects;
import dev.waybill.proof.patterns.externalqueuepull.PullingB;
import java.io.IOException;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** B with its own database: called over HTTP, or taking from Kafka. */
public final class LabB {
  private static final Logger log = LoggerFactory.getLogger(LabB.class);

  private LabB() {}

  public static void main(String[] args) throws Exception {
    Place place = Place.here();
    Effects effects = new Effects(place.pool(), place.steps());
    SmallServer.on(Place.port(), () -> true)
        .route("/told", (query, body) -> answer(effects, Booking.parse(body)))
        .start();
    switch (place.variant()) {
      case "external-queue-pull" -> pull(place, taken -> Booking.parse(taken.value()), effects);
      case "internal-queue-relay" -> pull(place, LabB::event, effects);
      default -> {
        // Others call.
      }
    }
  }

  private static void pull(
      Place place, Function<ConsumerRecord<String, String>, Booking> format, Effects effects)
      throws InterruptedException {
    new PullingB(place.kafka(), place.topic(), format, effects).work();
  }

  /** By the headers that the relay writes; this B has no need of the rest. */
  private static Booking event(ConsumerRecord<String, String> taken) {
    return new Booking(
        UUID.fromString(header(taken, "ce_id")),
        taken.key(),
        Long.parseLong(header(taken, "ce_sequence")),
        0);
  }

  private static String header(ConsumerRecord<String, String> taken, String name) {
    return new String(taken.headers().lastHeader(name).value(), UTF_8);
  }

  private static Answer answer(Effects effects, Booking booking) throws IOException {
    try {
      effects.take(booking);
      return new Answer(200, "");
    } catch (SQLException failure) {
      log.warn("B refuses booking {}; whoever called may call again", booking.id(), failure);
      return new Answer(503, String.valueOf(failure.getMessage()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }
}
