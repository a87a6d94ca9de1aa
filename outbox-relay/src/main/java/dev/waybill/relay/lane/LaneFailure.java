package dev.waybill.relay.lane;

import dev.waybill.registry.RegistryException;
import dev.waybill.registry.RegistryUnavailableException;
import dev.waybill.registry.SchemaRejectedException;
import dev.waybill.relay.cursor.UnreadableCursorException;
import dev.waybill.relay.source.OutboxUnreadableException;
import dev.waybill.relay.source.StandbyException;
import dev.waybill.relay.topic.TopicChangedException;
import dev.waybill.runtime.transactions.HangingTransactionException;
import dev.waybill.runtime.transactions.OpenTransactionException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * Why a lane went back to its cursor.
 *
 * @param cause what was thrown
 */
public record LaneFailure(Kind kind, Throwable cause) {

  /** What failed. */
  public enum Kind {
    SCHEMA_REJECTED(true),
    REGISTRY_AWAY(false),
    REGISTRY_REFUSES(true),
    CURSOR_UNREADABLE(true),
    TOPIC_CHANGED(true),
    TRANSACTION_OPEN(false),
    TRANSACTION_HANGS(true),
    EVENT_REFUSED(true),
    STANDBY(true),
    OUTBOX_UNREADABLE(true),
    DATABASE(false),
    FENCED(false),
    NOT_ALLOWED(true),
    KAFKA(false),
    OTHER(false);

    private final boolean needsAPerson;

    Kind(boolean needsAPerson) {
      this.needsAPerson = needsAPerson;
    }

    /** Whether trying again changes nothing until somebody put it right. */
    public boolean needsAPerson() {
      return needsAPerson;
    }

    /** Whether it is one event's own, so that others can go on. */
    boolean isOfOneEvent() {
      return this == SCHEMA_REJECTED || this == EVENT_REFUSED;
    }

    /** The name in metrics: lower case. */
    public String tag() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private record Rule(Class<? extends Throwable> exception, Kind kind) {}

  /** The first that is found anywhere among the causes decides. */
  private static final List<Rule> RULES =
      List.of(
          new Rule(SchemaRejectedException.class, Kind.SCHEMA_REJECTED),
          new Rule(RegistryUnavailableException.class, Kind.REGISTRY_AWAY),
          new Rule(RegistryException.class, Kind.REGISTRY_REFUSES),
          new Rule(UnreadableCursorException.class, Kind.CURSOR_UNREADABLE),
          new Rule(TopicChangedException.class, Kind.TOPIC_CHANGED),
          new Rule(OpenTransactionException.class, Kind.TRANSACTION_OPEN),
          new Rule(HangingTransactionException.class, Kind.TRANSACTION_HANGS),
          new Rule(EventRefusedException.class, Kind.EVENT_REFUSED),
          new Rule(StandbyException.class, Kind.STANDBY),
          new Rule(OutboxUnreadableException.class, Kind.OUTBOX_UNREADABLE),
          new Rule(SQLException.class, Kind.DATABASE),
          new Rule(ProducerFencedException.class, Kind.FENCED),
          new Rule(InvalidProducerEpochException.class, Kind.FENCED),
          new Rule(AuthorizationException.class, Kind.NOT_ALLOWED),
          new Rule(AuthenticationException.class, Kind.NOT_ALLOWED),
          new Rule(KafkaException.class, Kind.KAFKA));

  /** Finds out what failed. */
  public static LaneFailure of(Throwable failure) {
    Kind kind =
        RULES.stream()
            .filter(rule -> chain(failure).anyMatch(rule.exception::isInstance))
            .map(Rule::kind)
            .findFirst()
            .orElse(Kind.OTHER);
    return new LaneFailure(kind, failure);
  }

  /** The event that Kafka refused, if that is what failed. */
  Optional<EventRefusedException> refusedEvent() {
    return chain(cause)
        .filter(EventRefusedException.class::isInstance)
        .map(EventRefusedException.class::cast)
        .findFirst();
  }

  /** Kind and messages, one line. */
  public String reason() {
    return kind.tag().replace('_', ' ')
        + ": "
        + chain(cause)
            .map(Throwable::getMessage)
            .filter(Objects::nonNull)
            .map(message -> message.replaceAll("\\s+", " "))
            .distinct()
            .collect(Collectors.collectingAndThen(Collectors.joining("; "), this::orType));
  }

  private String orType(String messages) {
    return messages.isEmpty() ? cause.getClass().getSimpleName() : messages;
  }

  private static Stream<Throwable> chain(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(20);
  }
}
