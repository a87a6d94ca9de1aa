package dev.waybill.consumer.streams;

import dev.waybill.runtime.transactions.Habit;
import dev.waybill.runtime.transactions.HangingTransactionException;
import dev.waybill.runtime.transactions.Markers;
import dev.waybill.runtime.transactions.OpenTransactions;
import dev.waybill.runtime.transactions.OwnTransactions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.internals.Topic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that B's transactions end in every partition. A sole broker that goes and comes back
 * can have done with one that is open in its partitions still (docs/relay.md, "One broker"): nobody
 * reads past it, a restoring B neither. So each producer sees to {@linkplain ProducerEnds its own},
 * and everybody looks now and then at those of all instances, also of those that will not come
 * back. Thread-safe.
 */
public final class OwnEnds implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OwnEnds.class);
  private static final Duration LOOK = Duration.ofSeconds(10);

  private final OpenTransactions transactions;
  private final Markers markers;
  private final String prefix;
  private final Set<String> topics;
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "own-ends"));
  private volatile Optional<String> notEnded = Optional.empty();

  /**
   * Asks nothing yet.
   *
   * @param applicationId with which all transactional ids begin
   * @param topics that B writes to
   */
  public OwnEnds(Map<String, Object> clientConfig, String applicationId, Set<String> topics) {
    this.transactions = OpenTransactions.ask(clientConfig);
    this.markers = new Markers(transactions, clientConfig);
    this.prefix = applicationId + "-";
    this.topics =
        Stream.concat(topics.stream(), Stream.of(Topic.GROUP_METADATA_TOPIC_NAME))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Looks every {@code 10 s} from now on. */
  public void start() {
    var unused =
        looking.scheduleWithFixedDelay(
            this::look, LOOK.toSeconds(), LOOK.toSeconds(), TimeUnit.SECONDS);
  }

  /**
   * Why transactions of B's are left open in partitions: nobody knows how they ended, or B has no
   * right to end them.
   */
  public Optional<String> notEnded() {
    return notEnded;
  }

  private void look() {
    try {
      new OwnTransactions(
              transactions,
              markers,
              transactions.idsOf(prefix),
              transactions.readable(topics).partitions(),
              Habit.GOES_ON)
          .endWhatIsOver();
      notEnded = Optional.empty();
    } catch (HangingTransactionException | AuthorizationException failure) {
      notEnded = Optional.of(String.valueOf(failure.getMessage()));
    } catch (RuntimeException failure) {
      log.debug("B's transactions could not be looked at; again in {}", LOOK, failure);
    }
  }

  /** Of one producer. Asks nothing yet. */
  ProducerEnds of(String transactionalId) {
    return new ProducerEnds(transactions, markers, transactionalId, topics);
  }

  @Override
  public void close() {
    looking.shutdownNow();
    transactions.close();
  }
}
