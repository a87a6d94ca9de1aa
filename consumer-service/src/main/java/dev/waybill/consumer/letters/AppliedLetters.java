package dev.waybill.consumer.letters;

import dev.waybill.consumer.http.NotAvailableException;
import dev.waybill.deduplication.LetterAction;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the id stores, on a thread of its own and four times a minute, whether events took effect of
 * which there are letters: of those sent again first, and of some others, by turns. What it finds
 * out it says in the topic, so that it stays known when the stores have forgotten the event's id.
 * Several instances may say the same.
 */
final class AppliedLetters implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AppliedLetters.class);
  private static final Duration EVERY = Duration.ofSeconds(15);
  private static final int AT_ONCE = 100;
  private static final int REPLAYED = 500;
  private static final int OTHERS = 500;

  private final LetterIndex index;
  private final Function<Collection<UUID>, Map<UUID, Instant>> applied;
  private final String self;
  private final Consumer<LetterAction> topic;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "dead-letters-applied");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable Position turn;

  /**
   * Asks nothing yet.
   *
   * @param applied when each of these events took effect, of those that did; may throw {@link
   *     NotAvailableException}
   * @param self in whose name it is said
   * @param topic writes it, and does not wait until it is written
   */
  AppliedLetters(
      LetterIndex index,
      Function<Collection<UUID>, Map<UUID, Instant>> applied,
      String self,
      Consumer<LetterAction> topic) {
    this.index = index;
    this.applied = applied;
    this.self = self;
    this.topic = topic;
  }

  void start() {
    var unused =
        executor.scheduleWithFixedDelay(
            this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      ask();
    } catch (NotAvailableException moving) {
      log.debug("asks later which letters' events took effect", moving);
    } catch (RuntimeException failure) {
      log.warn("cannot tell which letters' events took effect, and asks again", failure);
    }
  }

  /** One look. */
  void ask() {
    ask(index.replayed(REPLAYED));
    List<Letter> others = index.open(turn, OTHERS);
    turn = others.size() < OTHERS ? null : Position.of(others.get(others.size() - 1));
    ask(others);
  }

  private void ask(List<Letter> letters) {
    for (int from = 0; from < letters.size(); from += AT_ONCE) {
      List<Letter> some = letters.subList(from, Math.min(letters.size(), from + AT_ONCE));
      List<UUID> ids = some.stream().map(Letter::eventId).filter(Objects::nonNull).toList();
      Map<UUID, Instant> when = applied.apply(ids);
      for (Letter letter : index.applied(some, when)) {
        say(letter, when);
      }
    }
  }

  private void say(Letter letter, Map<UUID, Instant> when) {
    Instant at = letter.eventId() == null ? null : when.get(letter.eventId());
    if (at != null) {
      topic.accept(new LetterAction(LetterAction.Kind.APPLIED, letter.place(), self, "", at));
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
