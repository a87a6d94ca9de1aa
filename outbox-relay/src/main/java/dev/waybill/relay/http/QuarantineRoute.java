package dev.waybill.relay.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.relay.cursor.UnreadableCursorException;
import dev.waybill.relay.lane.QuarantineRefusedException;
import dev.waybill.relay.source.OutboxUnreadableException;
import dev.waybill.relay.source.StandbyException;
import dev.waybill.relay.topic.DeadLetters;
import dev.waybill.relay.topic.TopicChangedException;
import dev.waybill.runtime.Problem;
import dev.waybill.runtime.transactions.HangingTransactionException;
import dev.waybill.runtime.transactions.OpenTransactionException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets an event pass for who has the token, as the command does. One at a time; blocks until it is
 * done.
 */
public final class QuarantineRoute {
  private static final Logger log = LoggerFactory.getLogger(QuarantineRoute.class);
  private static final String SCHEME = "Bearer ";

  private final @Nullable String token;
  private final Clock clock;
  private final ReentrantLock one = new ReentrantLock();
  private volatile @Nullable Action action;

  /** What it does. */
  @FunctionalInterface
  public interface Action {
    /** As {@link dev.waybill.relay.lane.Quarantine#letPass}. */
    boolean letPass(UUID event, DeadLetters.Verdict verdict) throws SQLException;
  }

  /** What is answered. */
  record DoneJson(UUID eventId, boolean now) {}

  /**
   * Answers that the relay starts until it is {@linkplain #open opened}.
   *
   * @param token that a caller must have; null when nobody may call
   */
  public QuarantineRoute(@Nullable String token, Clock clock) {
    this.token = token;
    this.clock = clock;
  }

  /** From now on does it. */
  public void open(Action quarantine) {
    action = quarantine;
  }

  /** Adds the route to a server. */
  public void addTo(JavalinConfig config) {
    config.routes.post("/quarantine", this::quarantine);
  }

  private void quarantine(Context context) {
    if (token == null) {
      Problem.of(403, "Forbidden", "this relay takes no actions: RELAY_ACTION_TOKEN is not set")
          .writeTo(context);
    } else if (!isAllowed(context, token)) {
      context.header("WWW-Authenticate", "Bearer");
      Problem.of(401, "Unauthorized", "the header Authorization must be Bearer and the token")
          .writeTo(context);
    } else {
      QuarantineRequest request = QuarantineRequest.read(context);
      Action opened = action;
      if (opened == null) {
        notNow(context, "the relay is starting");
      } else if (!one.tryLock()) {
        notNow(context, "another event is being quarantined");
      } else {
        try {
          letPass(context, request, opened);
        } finally {
          one.unlock();
        }
      }
    }
  }

  private void letPass(Context context, QuarantineRequest request, Action opened) {
    try {
      boolean now =
          opened.letPass(
              request.eventId(),
              new DeadLetters.Verdict(request.reason(), request.by(), clock.instant()));
      log.warn(
          "event {} is quarantined{}, asked for over HTTP by {}: {}",
          request.eventId(),
          now ? "" : " already",
          request.by(),
          request.reason());
      context.json(new DoneJson(request.eventId(), now));
    } catch (QuarantineRefusedException refusal) {
      Problem.of(409, "Not quarantined", String.valueOf(refusal.getMessage())).writeTo(context);
    } catch (SQLException
        | KafkaException
        | OpenTransactionException
        | HangingTransactionException
        | OutboxUnreadableException
        | StandbyException
        | TopicChangedException
        | UnreadableCursorException failure) {
      log.warn("event {}: not known to be quarantined", request.eventId(), failure);
      notNow(context, "not known to be done; ask again, the answer will tell: " + failure);
    }
  }

  private static void notNow(Context context, String why) {
    context.header("Retry-After", "1");
    Problem.of(503, "Not available now", why).writeTo(context);
  }

  /** Takes as long for one wrong token as for another. */
  private static boolean isAllowed(Context context, String token) {
    String given = context.header("Authorization");
    return given != null
        && given.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && MessageDigest.isEqual(
            given.substring(SCHEME.length()).strip().getBytes(UTF_8), token.getBytes(UTF_8));
  }
}
