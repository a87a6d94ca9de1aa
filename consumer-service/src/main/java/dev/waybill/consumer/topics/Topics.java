package dev.waybill.consumer.topics;

import dev.waybill.runtime.BadSettingsException;
import dev.waybill.runtime.topics.FoundTopic;
import dev.waybill.runtime.topics.TopicAdmin;
import dev.waybill.runtime.topics.UntilAnswered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the topic of the events, and prepares those that B writes. */
public final class Topics {
  private static final Logger log = LoggerFactory.getLogger(Topics.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Map<String, Object> clientConfig;
  private final short replicationFactor;
  private final Consumer<String> waiting;

  /**
   * Does nothing yet.
   *
   * @param replicationFactor of created topics; -1 for the broker's default
   * @param waiting told what is waited for, in words
   */
  public Topics(Map<String, Object> clientConfig, int replicationFactor, Consumer<String> waiting) {
    this.clientConfig = clientConfig;
    this.replicationFactor = (short) replicationFactor;
    this.waiting = waiting;
  }

  /** Waits for as long as Kafka is away or the topic is missing, and says each once. */
  public SourceTopic await(String events, Duration idRetention) throws InterruptedException {
    SourceTopic source = untilAnswered().ask(topics -> topics.find(events).map(SourceTopic::of));
    source.warnings(idRetention).forEach(log::warn);
    return source;
  }

  /**
   * Creates what is missing of B's own topics and checks what is there; waits as {@link #await}
   * does.
   *
   * @throws BadSettingsException naming everything that is wrong with the topics
   */
  public void prepare(
      SourceTopic source,
      String deadLetters,
      Duration deadLetterRetention,
      String replays,
      String notifications)
      throws InterruptedException {
    List<OwnTopic> own =
        List.of(
            OwnTopic.deadLetters(deadLetters, source, deadLetterRetention),
            OwnTopic.replays(replays, source),
            OwnTopic.notifications(notifications, source));
    verify(topics -> Optional.of(prepare(topics, own, source.partitions())));
  }

  /**
   * Asks what else has to be right before B starts, and waits as {@link #await} does.
   *
   * @throws BadSettingsException naming everything that the answer has
   */
  public void verify(UntilAnswered.Question<List<String>> refusals) throws InterruptedException {
    List<String> found = untilAnswered().ask(refusals);
    if (!found.isEmpty()) {
      throw new BadSettingsException(found);
    }
  }

  private List<String> prepare(TopicAdmin topics, List<OwnTopic> own, int partitions)
      throws ExecutionException, InterruptedException {
    List<String> refusals = new ArrayList<>();
    for (OwnTopic topic : own) {
      Optional<FoundTopic> found = topics.find(topic.name());
      if (found.isEmpty()) {
        var unused = topics.create(topic.name(), partitions, replicationFactor, topic.settings());
        continue;
      }
      refusals.addAll(topic.refusals(found.get()));
      if (topic.raise()) {
        raise(topics, topic.name(), topic.maxMessageBytes());
      }
    }
    return refusals;
  }

  /**
   * Lets topics that Kafka Streams made for an earlier B take what this one may write; those that
   * are not there yet it will make so.
   */
  public void enlarge(Collection<String> internal, SourceTopic source) throws InterruptedException {
    verify(
        topics -> {
          for (String topic : topics.describe(internal).keySet()) {
            raise(topics, topic, source.largestBatch());
          }
          return Optional.of(List.of());
        });
  }

  private static void raise(TopicAdmin topics, String name, long bytes)
      throws ExecutionException, InterruptedException {
    try {
      topics.raise(name, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, bytes);
    } catch (ExecutionException failure) {
      if (!(failure.getCause() instanceof AuthorizationException)) {
        throw failure;
      }
      log.warn(
          "topic {} takes no records of {} bytes, and B may not change that: {}; a large event"
              + " may stop B",
          name,
          bytes,
          failure.getCause().getMessage());
    }
  }

  private UntilAnswered untilAnswered() {
    return new UntilAnswered(clientConfig, RETRY, new Waiting());
  }

  /** Says each reason for waiting once, until there is another. */
  private final class Waiting implements UntilAnswered.Unanswered {
    private String said = "";

    @Override
    public void askAgain(@Nullable Throwable failure) {
      String reason = reason(failure);
      if (!said.equals(reason)) {
        log.warn("waiting, asking every {} s: {}", RETRY.toSeconds(), reason);
        waiting.accept(reason);
        said = reason;
      }
    }

    private static String reason(@Nullable Throwable failure) {
      if (failure == null) {
        return "the topic of the events does not exist yet; the relay creates it";
      }
      if (failure instanceof RetriableException) {
        return "Kafka is away: " + failure.getMessage();
      }
      throw new IllegalStateException("cannot prepare the topics", failure);
    }
  }
}
