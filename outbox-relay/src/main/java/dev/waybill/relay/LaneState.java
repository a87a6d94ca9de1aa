package dev.waybill.relay;

import dev.waybill.registry.SchemaRejectedException;
import dev.waybill.relay.cursor.UnreadableCursorException;
import dev.waybill.relay.source.StandbyException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of one lane. Thread-safe. */
final class LaneState {
  /** An idle lane reads more often than this; silence beyond it counts as age. */
  private static final Duration READS_AT_LEAST_EVERY = Duration.ofSeconds(1);

  private final Clock clock;
  private final Deque<Instant> unpublished = new ArrayDeque<>();
  private @Nullable Instant lastRead;
  private @Nullable Instant troubledSince;
  private @Nullable Exception trouble;

  LaneState(Clock clock) {
    this.clock = clock;
  }

  synchronized void started() {
    unpublished.clear();
    if (lastRead == null) {
      lastRead = clock.instant();
    }
  }

  /** Notes a read; true when it ended a trouble. */
  synchronized boolean read(@Nullable Instant oldest) {
    lastRead = clock.instant();
    if (oldest != null) {
      unpublished.addLast(oldest);
    }
    boolean recovered = trouble != null;
    trouble = null;
    troubledSince = null;
    return recovered;
  }

  synchronized void published() {
    unpublished.pollFirst();
  }

  /** Notes a failure; true when it is another one than last time. */
  synchronized boolean troubled(Exception cause) {
    boolean news = trouble == null || !describe(trouble).equals(describe(cause));
    trouble = cause;
    if (troubledSince == null) {
      troubledSince = clock.instant();
    }
    return news;
  }

  synchronized void stopped() {
    unpublished.clear();
    lastRead = null;
    trouble = null;
    troubledSince = null;
  }

  synchronized double oldestUnpublishedSeconds() {
    return lastRead == null && trouble == null ? Double.NaN : age().toMillis() / 1000.0;
  }

  synchronized Optional<String> stuck(Duration after) {
    Instant since = troubledSince;
    if (trouble != null && since != null) {
      boolean tooLong = Duration.between(since, clock.instant()).compareTo(after) > 0;
      return needsAPerson(trouble) || tooLong ? Optional.of(describe(trouble)) : Optional.empty();
    }
    if (lastRead != null && age().compareTo(after) > 0) {
      return Optional.of("its oldest event has waited for " + age().toSeconds() + " s");
    }
    return Optional.empty();
  }

  private Duration age() {
    Instant oldest = unpublished.peekFirst();
    Instant read = lastRead == null ? troubledSince : lastRead;
    if (oldest == null && read != null) {
      Duration silence = Duration.between(read, clock.instant());
      return silence.compareTo(READS_AT_LEAST_EVERY) > 0 ? silence : Duration.ZERO;
    }
    return oldest == null ? Duration.ZERO : Duration.between(oldest, clock.instant());
  }

  private static boolean needsAPerson(Exception cause) {
    return cause instanceof SchemaRejectedException
        || cause instanceof UnreadableCursorException
        || cause instanceof StandbyException;
  }

  static String describe(Exception cause) {
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }
}
