package dev.waybill.deduplication;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.LockException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.errors.TaskMigratedException;

/** Tells what is away from what is a record's own fault. */
public final class Outages {
  /** Packages whose I/O exceptions are about a connection; elsewhere they are often about bytes. */
  private static final Set<String> NETWORK =
      Set.of("java.net", "java.net.http", "java.nio.channels", "javax.net.ssl");

  /** How the JDK's sockets and HTTP client say it where they have no class for it. */
  private static final Pattern CONNECTION =
      Pattern.compile("(?i)connection|reset by peer|broken pipe|closed|received no bytes|goaway");

  /** SQL states of a database that is away, is shutting down or has no room. */
  private static final Set<String> DATABASE_AWAY = Set.of("08", "53", "57", "58");

  private Outages() {}

  /**
   * Whether something that the record needs is away, so that it will work later and the record is
   * not to blame: an {@link UnavailableException}, a failure of Kafka's clients or of Kafka Streams
   * itself, of a network connection or of one to a database, or a time-out, anywhere among the
   * causes.
   */
  public static boolean isOutage(Throwable failure) {
    return causes(failure).anyMatch(Outages::isAway);
  }

  /**
   * Whether the virtual machine failed, for which no record is to blame. Anything else may be a
   * record's fault, checked exceptions among it: not every language declares them.
   */
  static boolean isOfTheMachine(Throwable failure) {
    return failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError);
  }

  /** Whether Kafka or Kafka Streams failed by itself, and no code that it ran for a record. */
  static boolean isOfKafkaStreams(Throwable failure) {
    return failure instanceof KafkaException kafka && causes(kafka).anyMatch(Outages::isKafka);
  }

  private static boolean isKafka(Throwable cause) {
    return cause instanceof KafkaException kafka && isKafkas(kafka);
  }

  private static boolean isAway(Throwable cause) {
    return cause instanceof UnavailableException
        || cause instanceof InterruptedException
        || cause instanceof TimeoutException
        || isConnection(cause)
        || isDatabase(cause)
        || isKafka(cause);
  }

  /** A serializer's is about the record; what Kafka Streams wraps says the next cause. */
  private static boolean isKafkas(KafkaException cause) {
    if (cause instanceof StreamsException) {
      return cause instanceof TaskMigratedException
          || cause instanceof TaskCorruptedException
          || cause instanceof ProcessorStateException
          || cause instanceof LockException;
    }
    return !(cause instanceof SerializationException || cause instanceof InvalidTopicException);
  }

  private static boolean isConnection(Throwable cause) {
    return cause instanceof IOException
        && (cause instanceof InterruptedIOException
            || NETWORK.contains(cause.getClass().getPackageName())
            || (cause.getClass() == IOException.class
                && CONNECTION.matcher(String.valueOf(cause.getMessage())).find()));
  }

  private static boolean isDatabase(Throwable cause) {
    return cause instanceof SQLException failure
        && (failure instanceof SQLTransientException
            || failure instanceof SQLRecoverableException
            || failure instanceof SQLNonTransientConnectionException
            || (failure.getSQLState() != null
                && DATABASE_AWAY.contains(
                    failure
                        .getSQLState()
                        .substring(0, Math.min(2, failure.getSQLState().length())))));
  }

  /** The failure first; bounded, because causes may go round in a circle. */
  public static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(50);
  }
}
