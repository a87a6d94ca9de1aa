package dev.waybill.consumer.belongings;

import dev.waybill.runtime.topics.TopicAdmin;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every second, on a thread of its own, whether B's group is still its own and its topics are
 * those that it started on. What it finds twice in a row is so. That Kafka is away it leaves to
 * others to say.
 */
public final class Watch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Watch.class);
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Belongings own;
  private final Standing standing;
  private final UnusableOffsets unusable;
  private final Admin admin;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "belongings-watch"));
  private Optional<Standing.Trouble> suspected = Optional.empty();
  private volatile Optional<Standing.Trouble> trouble = Optional.empty();

  /**
   * Opens connections, and asks nothing yet.
   *
   * @param partitions of the topic of the events when B started
   */
  public Watch(
      Belongings own, int partitions, UnusableOffsets unusable, Map<String, Object> clientConfig) {
    this.own = own;
    this.standing = new Standing(own, partitions);
    this.unusable = unusable;
    this.admin = Admin.create(clientConfig);
  }

  /** Begins to look. */
  public void start() {
    var unused =
        executor.scheduleWithFixedDelay(this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Why something is not applied, in words. */
  public Optional<String> notReady() {
    return trouble.map(Standing.Trouble::what);
  }

  /** Why B cannot go on, in words. */
  public Optional<String> fatal() {
    return trouble.filter(Standing.Trouble::fatal).map(Standing.Trouble::what);
  }

  private void look() {
    try {
      Optional<Standing.Trouble> now = judge();
      // A broker may be a moment behind with what it says of topics.
      if (now.equals(suspected) && !now.equals(trouble) && fatal().isEmpty()) {
        now.ifPresent(found -> log.error("{}", found.what()));
        trouble = now;
      }
      suspected = now;
      Reading.look(admin, own.applicationId(), own.events())
          .ifPresent(reading -> unusable.report(reading, Set.of()));
    } catch (Exception failure) {
      log.debug("could not look; trying on", failure);
    }
  }

  private Optional<Standing.Trouble> judge() throws ExecutionException, InterruptedException {
    Optional<String> stranger = Groups.refusal(admin, own);
    if (stranger.isPresent()) {
      return Optional.of(new Standing.Trouble(true, stranger.get()));
    }
    boolean committed =
        !admin
            .listConsumerGroupOffsets(own.applicationId())
            .partitionsToOffsetAndMetadata()
            .get()
            .isEmpty();
    return standing.judge(new TopicAdmin(admin).describe(own.topics()), committed);
  }

  @Override
  public void close() {
    executor.shutdownNow();
    admin.close(Duration.ZERO);
  }
}
