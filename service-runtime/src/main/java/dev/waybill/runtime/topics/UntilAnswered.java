package dev.waybill.runtime.topics;

import dev.waybill.runtime.BadSettingsException;
import dev.waybill.runtime.Causes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Asks Kafka about topics until it answers, because a service may start before Kafka does. Each try
 * has a client of its own.
 */
public final class UntilAnswered {

  /** What is asked. May be asked any number of times. */
  @FunctionalInterface
  public interface Question<T> {
    /** The answer; empty when there is nothing to answer with yet. */
    Optional<T> ask(TopicAdmin topics) throws ExecutionException, InterruptedException;
  }

  /** Told of each try without an answer. */
  @FunctionalInterface
  public interface Unanswered {
    /**
     * Returns to have it asked again; throws, which ends the asking, when that would change
     * nothing.
     *
     * @param failure what Kafka or its client said; null when there was nothing to answer with
     */
    void askAgain(@Nullable Throwable failure);
  }

  private final Map<String, Object> clientConfig;
  private final Duration pause;
  private final Unanswered unanswered;

  /**
   * Asks nothing yet.
   *
   * @param pause between two tries
   */
  public UntilAnswered(Map<String, Object> clientConfig, Duration pause, Unanswered unanswered) {
    this.clientConfig = clientConfig;
    this.pause = pause;
    this.unanswered = unanswered;
  }

  /**
   * Blocks until there is an answer, also while the servers' names have no address yet. What else
   * the question throws ends the asking, too.
   *
   * @throws BadSettingsException when no client can be made of its settings
   * @throws InterruptedException when interrupted while asking or waiting; at once, also while
   *     Kafka is away
   */
  public <T> T ask(Question<T> question) throws InterruptedException {
    while (true) {
      @Nullable Throwable failed = null;
      try {
        Optional<T> answer = askOnce(question);
        if (answer.isPresent()) {
          return answer.get();
        }
      } catch (ExecutionException failure) {
        failed = Objects.requireNonNullElse(failure.getCause(), failure);
      } catch (KafkaException failure) {
        failed = failure;
      }
      unanswered.askAgain(failed);
      TimeUnit.MILLISECONDS.sleep(pause.toMillis());
    }
  }

  /** Leaves what is still being asked when it fails or is interrupted: nobody waits for that. */
  private <T> Optional<T> askOnce(Question<T> question)
      throws ExecutionException, InterruptedException {
    Admin admin = client();
    try {
      return question.ask(new TopicAdmin(admin));
    } finally {
      admin.close(Duration.ZERO);
    }
  }

  private Admin client() {
    String servers = String.valueOf(clientConfig.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
    if (Stream.of(servers.split(",")).noneMatch(UntilAnswered::hasAddress)) {
      throw new TimeoutException("no address is known of " + servers);
    }
    try {
      return Admin.create(clientConfig);
    } catch (KafkaException refused) {
      throw new BadSettingsException(
          List.of("KAFKA_BOOTSTRAP_SERVERS, KAFKA_CLIENT_*: " + Causes.of(refused)));
    }
  }

  /** Kafka's client would warn of a name without address each time that it is made. */
  private static boolean hasAddress(String server) {
    try {
      var unused = InetAddress.getByName(Utils.getHost(server.strip()));
      return true;
    } catch (UnknownHostException notYet) {
      return false;
    }
  }
}
