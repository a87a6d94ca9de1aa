package dev.waybill.consumer.streams;

import dev.waybill.registry.RegistryException;
import dev.waybill.registry.UnknownSchemaException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done when a stream thread fails. Its transaction is aborted by then, so nothing is
 * skipped and nothing is done twice: another thread takes its tasks and tries again.
 *
 * <ul>
 *   <li>Something is away (the registry, the broker, a permission, a topic): again after 1 s, then
 *       less often, at most every 30 s, for ever
 *   <li>Another instance has joined the group under this one's name: the instance stops
 *   <li>Anything else is a fault of the program: again as well, but {@value #MOST_FAULTS} times in
 *       a row at most. Then the instance stops and is not live any more
 * </ul>
 *
 * Thread-safe.
 */
public final class Failures implements StreamsUncaughtExceptionHandler {
  static final int MOST_FAULTS = 5;

  private static final Logger log = LoggerFactory.getLogger(Failures.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** A failure counts as over when no other followed for so long, and records are decided again. */
  private static final Duration OVER_WITH_PROGRESS = Duration.ofSeconds(20);

  /** Or for so long, when there may be no record to decide. */
  private static final Duration OVER = Duration.ofMinutes(1);

  private final Clock clock;
  private final Pause pause;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile boolean progress;
  private int inARow;
  private int faults;
  private @Nullable String trouble;
  private Instant retriedAt = Instant.EPOCH;
  private @Nullable String fatal;

  /** Waits, in the failed thread. */
  @FunctionalInterface
  interface Pause {
    void pause(Duration duration) throws InterruptedException;
  }

  /** Counts from nothing. */
  public Failures() {
    this.clock = Clock.systemUTC();
    this.pause =
        duration -> {
          boolean unused = stopping.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        };
  }

  Failures(Clock clock, Pause pause) {
    this.clock = clock;
    this.pause = pause;
  }

  /** Notes that a record was decided. To be called for each; costs next to nothing. */
  public void progressed() {
    if (!progress) {
      progress = true;
    }
  }

  /** From now on nothing is tried again; ends the pauses. */
  public void stop() {
    stopping.countDown();
  }

  /** Blocks the failed thread for the pause; its tasks stay with it meanwhile. */
  @Override
  public StreamThreadExceptionResponse handle(Throwable failure) {
    Duration wait = noted(failure);
    if (wait == null) {
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    try {
      pause.pause(wait);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    retried();
    return stopping.getCount() == 0
        ? StreamThreadExceptionResponse.SHUTDOWN_CLIENT
        : StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  /** Why threads fail at present, in words. */
  public synchronized Optional<String> trouble() {
    if (trouble != null && fatal == null && isOver()) {
      log.info("works again after: {}", trouble);
      trouble = null;
      inARow = 0;
      faults = 0;
    }
    return Optional.ofNullable(trouble);
  }

  /** Why the instance stopped for good. */
  public synchronized Optional<String> fatal() {
    return Optional.ofNullable(fatal);
  }

  private synchronized @Nullable Duration noted(Throwable failure) {
    trouble(); // ends an earlier one that is over
    boolean away = isAway(failure);
    faults = away ? faults : faults + 1;
    String now = describe(failure);
    if (isCausedBy(FencedInstanceIdException.class, failure)) {
      now = "another instance has this one's name; each needs a CONSUMER_INSTANCE of its own";
      fatal = now;
    } else if (faults >= MOST_FAULTS) {
      fatal = now;
    }
    if (fatal != null) {
      trouble = now;
      log.error("failed {} times in a row; this instance stops: {}", inARow + 1, fatal, failure);
      return null;
    }
    Duration wait = FIRST_PAUSE.multipliedBy(1L << Math.min(inARow, 5));
    wait = wait.compareTo(LONGEST_PAUSE) < 0 ? wait : LONGEST_PAUSE;
    inARow++;
    if (!now.equals(trouble)) {
      say(away, now, wait, failure);
    }
    trouble = now;
    progress = false;
    retriedAt = clock.instant().plus(wait);
    return wait;
  }

  private static void say(boolean away, String what, Duration wait, Throwable failure) {
    if (away) {
      log.warn(
          "nothing is skipped or applied until it works; again in {} s, then less often: {}",
          wait.toSeconds(),
          what);
      log.debug("a stream thread failed", failure);
    } else {
      log.error("a stream thread failed and is replaced in {} s", wait.toSeconds(), failure);
    }
  }

  private synchronized void retried() {
    retriedAt = clock.instant();
    progress = false;
  }

  private boolean isOver() {
    return clock.instant().isAfter(retriedAt.plus(progress ? OVER_WITH_PROGRESS : OVER));
  }

  static boolean isAway(Throwable failure) {
    return causes(failure)
        .anyMatch(
            cause ->
                (cause instanceof RegistryException && !(cause instanceof UnknownSchemaException))
                    || cause instanceof RetriableException
                    || cause instanceof AuthorizationException
                    || cause instanceof AuthenticationException
                    || cause instanceof MissingSourceTopicException);
  }

  private static boolean isCausedBy(Class<? extends Throwable> type, Throwable failure) {
    return causes(failure).anyMatch(type::isInstance);
  }

  /** The failure first; bounded, because causes may go round in a circle. */
  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.<@Nullable Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(50);
  }

  private static String describe(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; root.getCause() != null && depth < 50; depth++) {
      if (root instanceof RegistryException) {
        break; // its own words are better than those of the socket below
      }
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }
}
