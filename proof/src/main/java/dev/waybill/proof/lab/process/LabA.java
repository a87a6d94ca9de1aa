package dev.waybill.proof.lab.process;

import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.proof.lab.process.SmallServer.Answer;
import dev.waybill.proof.patterns.Bank;
import dev.waybill.proof.patterns.BookingRequest;
import dev.waybill.proof.patterns.CallToB;
import dev.waybill.proof.patterns.Pattern;
import dev.waybill.proof.patterns.Steps;
import dev.waybill.proof.patterns.directaftercommit.DirectAfterCommit;
import dev.waybill.proof.patterns.directaftercommit.DirectAfterCommitRetrying;
import dev.waybill.proof.patterns.directintransaction.DirectInTransaction;
import dev.waybill.proof.patterns.externalqueue.KafkaQueue;
import dev.waybill.proof.patterns.externalqueue.QueueInTransaction;
import dev.waybill.proof.patterns.internalqueuepush.JobInTransaction;
import dev.waybill.proof.patterns.internalqueuerelay.OutboxInTransaction;
import java.sql.SQLException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A: {@code POST /bookings?ID+ACCOUNT+AMOUNT+BRANCH+STRICT}. Answers 200, or 503 with the reason
 * when it has refused; an SQLSTATE comes first.
 */
public final class LabA {
  private static final Logger log = LoggerFactory.getLogger(LabA.class);

  private LabA() {}

  public static void main(String[] args) throws Exception {
    Place place = Place.here();
    Steps steps = place.steps();
    HikariDataSource database = place.pool();
    Bank bank = new Bank(database, steps);
    Pattern pattern = pattern(place, bank, database, steps);
    SmallServer.on(Place.port(), () -> true)
        .route("/bookings", (query, body) -> answer(pattern, request(query)))
        .start();
  }

  private static Pattern pattern(Place place, Bank bank, HikariDataSource database, Steps steps) {
    return switch (place.variant()) {
      case "direct-after-commit" -> new DirectAfterCommit(bank, new CallToB(place.b(), steps));
      case "direct-after-commit-retrying" ->
          new DirectAfterCommitRetrying(bank, new CallToB(place.b(), steps));
      case "direct-in-transaction" -> new DirectInTransaction(bank, new CallToB(place.b(), steps));
      case "external-queue-push", "external-queue-pull" ->
          new QueueInTransaction(bank, new KafkaQueue(place.kafka(), place.topic(), steps));
      case "internal-queue-push" -> new JobInTransaction(bank, steps);
      case "internal-queue-relay" -> new OutboxInTransaction(bank, database, steps);
      default -> throw new IllegalArgumentException("there is no pattern " + place.variant());
    };
  }

  private static BookingRequest request(String query) {
    String[] words = query.split(" |\\+", -1);
    return new BookingRequest(
        UUID.fromString(words[0]),
        words[1],
        Long.parseLong(words[2]),
        Integer.parseInt(words[3]),
        Boolean.parseBoolean(words[4]));
  }

  private static Answer answer(Pattern pattern, BookingRequest request) {
    try {
      pattern.book(request);
      return new Answer(200, "booked");
    } catch (Exception refused) {
      log.debug("booking {} is refused", request.id(), refused);
      String state =
          refused instanceof SQLException failure && failure.getSQLState() != null
              ? failure.getSQLState() + " "
              : "";
      return new Answer(503, state + refused.getMessage());
    }
  }
}
