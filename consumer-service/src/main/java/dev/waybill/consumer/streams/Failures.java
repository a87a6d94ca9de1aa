package dev.waybill.consumer.streams;

import dev.waybill.deduplication.FailedRecordException;
import dev.waybill.deduplication.Outages;
import dev.waybill.registry.RegistryException;
import dev.waybill.runtime.transactions.HangingTransactionException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done when a stream thread fails. Another one takes its tasks and tries again; the failed
 * one's transaction is aborted at once, so nothing is skipped and nothing is done twice, and nobody
 * who reads committed records waits for it.
 *
 * <ul>
 *   <li>Something is away (the registry, the broker, a permission, a topic), or a person has to end
 *       a transaction that hangs: again after 1 s, then less often, at most every 30 s, for ever
 *   <li>Another instance has joined the group under this one's name, or the group is somebody
 *       else's: the instance stops
 *   <li>Anything else is a fault of the program: again as well, but {@value #MOST_FAULTS} times in
 *       ten minutes at most, whatever else goes well meanwhile. Then the instance stops and is not
 *       live any more
 * </ul>
 *
 * Thread-safe.
 */
public final class Failures implements StreamsUncaughtExceptionHandler {
  static final int MOST_FAULTS = 5;

  private static final Logger log = LoggerFactory.getLogger(Failures.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration FAULTS_TOGETHER = Duration.ofMinutes(10);

  /** A failure counts as over when no other followed for so long, and records are decided again. */
  private static final Duration OVER_WITH_PROGRESS = Duration.ofSeconds(20);

  /** Or for so long, when there may be no record to decide. */
  private static final Duration OVER = Duration.ofMinutes(1);

  private final InstantSource time;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Deque<Instant> faults = new ArrayDeque<>();
  private volatile boolean progress;
  private int inARow;
  private @Nullable String trouble;
  private Instant retryAt = Instant.EPOCH;
  private @Nullable String fatal;

  /** Counts from nothing. */
  public Failures() {
    this(steady());
  }

  Failures(InstantSource time) {
    this.time = time;
  }

  /** Since now, whatever becomes of the machine's clock: one that jumps back would make a pause. */
  private static InstantSource steady() {
    long start = System.nanoTime();
    return () -> Instant.EPOCH.plusNanos(System.nanoTime() - start);
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

  /** Returns at once; the new thread waits before it does anything, see {@link #pause}. */
  @Override
  public StreamThreadExceptionResponse handle(Throwable failure) {
    return noted(failure) && stopping.getCount() > 0
        ? StreamThreadExceptionResponse.REPLACE_THREAD
        : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  /** How long a thread that is made now shall wait; zero or less when nothing has failed. */
  synchronized Duration pause() {
    return Duration.between(time.instant(), retryAt);
  }

  /** Waits in a thread that is new, has no task and holds up nobody. */
  void await(Duration pause) throws InterruptedException {
    boolean unused = stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Why threads fail at present, in words. */
  public synchronized Optional<String> trouble() {
    if (trouble != null && fatal == null && isOver()) {
      log.info("works again after: {}", trouble);
      trouble = null;
      inARow = 0;
    }
    return Optional.ofNullable(trouble);
  }

  /** Why the instance stopped for good. */
  public synchronized Optional<String> fatal() {
    return Optional.ofNullable(fatal);
  }

  /** False when the instance has to stop. */
  private synchronized boolean noted(Throwable failure) {
    trouble(); // ends an earlier one that is over
    boolean away = isAway(failure);
    String now = describe(failure);
    if (isCausedBy(FencedInstanceIdException.class, failure)) {
      now = "another instance has this one's name; each needs a CONSUMER_INSTANCE of its own";
      fatal = now;
    } else if (isCausedBy(InconsistentGroupProtocolException.class, failure)) {
      now = "CONSUMER_APPLICATION_ID is the group of somebody else, who has members in it";
      fatal = now;
    } else if (!away && isOneTooMany()) {
      fatal = now;
    }
    if (fatal != null) {
      trouble = now;
      log.error("this instance stops: {}", fatal, failure);
      return false;
    }
    Duration wait = FIRST_PAUSE.multipliedBy(1L << Math.min(inARow, 5));
    wait = wait.compareTo(LONGEST_PAUSE) < 0 ? wait : LONGEST_PAUSE;
    inARow++;
    if (!now.equals(trouble)) {
      say(away, now, wait, failure);
    }
    trouble = now;
    progress = false;
    retryAt = time.instant().plus(wait);
    return true;
  }

  private boolean isOneTooMany() {
    Instant now = time.instant();
    faults.add(now);
    faults.removeIf(fault -> fault.plus(FAULTS_TOGETHER).isBefore(now));
    return faults.size() >= MOST_FAULTS;
  }

  private static void say(boolean away, String what, Duration wait, Throwable failure) {
    if (away) {
      log.warn(
          "nothing is skipped or applied until it works; again in {} s, then less often: {}",
          wait.toSeconds(),
          what);
      log.debug("a stream thread failed", failure);
    } else {
      log.error(
          "a stream thread failed, another goes on in {} s: {}", wait.toSeconds(), what, failure);
    }
  }

  private boolean isOver() {
    return time.instant().isAfter(retryAt.plus(progress ? OVER_WITH_PROGRESS : OVER));
  }

  static boolean isAway(Throwable failure) {
    return isCausedBy(FailedRecordException.class, failure)
        || RegistryException.isCauseOf(failure)
        || Outages.causes(failure)
            .anyMatch(
                cause ->
                    cause instanceof RetriableException
                        || cause instanceof AuthorizationException
                        || cause instanceof AuthenticationException
                        || cause instanceof MissingSourceTopicException
                        || cause instanceof HangingTransactionException);
  }

  private static boolean isCausedBy(Class<? extends Throwable> type, Throwable failure) {
    return Outages.causes(failure).anyMatch(type::isInstance);
  }

  /** The record where there is one, and what was thrown first of all. */
  private static String describe(Throwable failure) {
    String record =
        Outages.causes(failure)
            .filter(FailedRecordException.class::isInstance)
            .map(cause -> ((FailedRecordException) cause).record() + ": ")
            .findFirst()
            .orElse("");
    Throwable root = failure;
    for (int depth = 0; root.getCause() != null && depth < 50; depth++) {
      if (root instanceof RegistryException) {
        break; // its own words are better than those of the socket below
      }
      root = root.getCause();
    }
    return record + root.getClass().getSimpleName() + ": " + root.getMessage();
  }
}
