package dev.waybill.relay.topic;

import dev.waybill.relay.cursor.PublishedTopic;
import dev.waybill.runtime.topics.FoundTopic;
import dev.waybill.runtime.topics.TopicAdmin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches whether the relay's topics stay what they were when it started: the same topics, with as
 * many partitions (of cursors there may be more), set as they must be. Looks every second, on a
 * thread of its own; what is found twice running counts. Thread-safe.
 */
public final class TopicWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TopicWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Admin admin;
  private final TopicAdmin topics;
  private final List<Watched> watched;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "topic-watch"));
  private volatile @Nullable String problem;
  private @Nullable String lastFound;

  private record Watched(RelayTopic topic, TopicRules rules) {}

  private TopicWatch(Admin admin, List<Watched> watched) {
    this.admin = admin;
    this.topics = new TopicAdmin(admin);
    this.watched = watched;
  }

  /** Begins to look. */
  public static TopicWatch start(Map<String, Object> clientConfig, RelayTopics topics) {
    TopicWatch watch =
        new TopicWatch(
            Admin.create(clientConfig),
            List.of(
                new Watched(topics.events(), topics.eventRules()),
                new Watched(topics.cursors(), topics.cursorRules())));
    var unused =
        watch.executor.scheduleWithFixedDelay(
            watch::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return watch;
  }

  /** What has changed, in words, with what to do; empty when nothing has, as far as is known. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  private void look() {
    try {
      String found = differences();
      if (Objects.equals(found, lastFound) && !Objects.equals(found, problem)) {
        problem = found;
        if (found == null) {
          log.info("the topics are again what they were");
        } else {
          log.error("nothing more is published: {}", found);
        }
      }
      lastFound = found;
    } catch (ExecutionException | RuntimeException away) {
      log.debug("could not look at the topics; the lanes themselves report it", away);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable String differences() throws ExecutionException, InterruptedException {
    List<String> differences = new ArrayList<>();
    for (Watched one : watched) {
      Optional<FoundTopic> found = topics.find(one.topic.name());
      if (found.isEmpty()) {
        differences.add("topic " + one.topic.name() + " was deleted");
      } else {
        PublishedTopic now = RelayTopic.of(found.get()).identity();
        PublishedTopic before = one.topic.identity();
        before
            .differenceTo(
                one.rules.mayGrow() && now.partitions() > before.partitions()
                    ? new PublishedTopic(now.name(), now.id(), before.partitions())
                    : now)
            .ifPresent(differences::add);
        differences.addAll(one.rules.refusals(found.get()));
      }
    }
    return differences.isEmpty() ? null : String.join("; ", differences);
  }

  /** Looks no more. */
  @Override
  public void close() {
    executor.shutdownNow();
    admin.close(Duration.ZERO);
  }
}
