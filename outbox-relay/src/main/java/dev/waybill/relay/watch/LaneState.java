package dev.waybill.relay.watch;

import dev.waybill.relay.lane.LaneFailure;
import dev.waybill.relay.source.OutboxRow;
import dev.waybill.relay.source.Page;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one lane. It makes progress when a commit is acknowledged, and when a read finds
 * nothing to publish; reading the same page again does not count. Thread-safe.
 */
final class LaneState {
  /** A lane makes progress more often than this when all is well; silence beyond it is age. */
  private static final Duration PROGRESS_WITHIN = Duration.ofSeconds(1);

  private final Clock clock;

  /** The oldest event of each page that was read and is not committed. */
  private final Deque<Instant> unpublished = new ArrayDeque<>();

  /**
   * The oldest event of the last page of a window that is not read to its end: what follows is no
   * older, as far as times grow with seq. Kept where a page has no rows, and after a failure what
   * had not been committed.
   */
  private @Nullable Instant behind;

  /** Whether a read told, since the lane began here, what there is to publish. */
  private boolean known;

  private @Nullable Instant progress;
  private @Nullable Instant troubledSince;
  private @Nullable LaneFailure trouble;

  LaneState(Clock clock) {
    this.clock = clock;
  }

  synchronized void started() {
    behind = waiting().stream().min(Comparator.naturalOrder()).orElse(null);
    unpublished.clear();
    if (progress == null) {
      progress = clock.instant();
    }
  }

  /** Notes a read; true when it ended a trouble. */
  synchronized boolean read(Page page) {
    Optional<Instant> oldest =
        page.rows().stream().map(this::occurredAt).min(Comparator.naturalOrder());
    oldest.ifPresent(unpublished::addLast);
    boolean more = page.next().window() != null;
    behind = more ? oldest.orElse(behind) : null;
    known = !more || behind != null;
    return !page.isToPublish() && progressed();
  }

  /** An event without a usable time is at least as old as the read that found it. */
  private Instant occurredAt(OutboxRow row) {
    Instant occurredAt = row.occurredAt();
    return occurredAt == null ? clock.instant() : occurredAt;
  }

  /** Notes a commit; true when it ended a trouble. */
  synchronized boolean published(Page page) {
    if (!page.rows().isEmpty()) {
      unpublished.pollFirst();
    }
    return progressed();
  }

  private boolean progressed() {
    boolean recovered = trouble != null;
    progress = clock.instant();
    trouble = null;
    troubledSince = null;
    return recovered;
  }

  /** Notes a failure; true when it is news: of another kind, or a person must hear of it. */
  synchronized boolean troubled(LaneFailure failure) {
    boolean news =
        trouble == null
            || trouble.kind() != failure.kind()
            || (failure.kind().needsAPerson() && !trouble.reason().equals(failure.reason()));
    trouble = failure;
    if (troubledSince == null) {
      troubledSince = clock.instant();
    }
    return news;
  }

  synchronized void stopped() {
    unpublished.clear();
    behind = null;
    known = false;
    progress = null;
    trouble = null;
    troubledSince = null;
  }

  synchronized boolean isTroubledBy(LaneFailure.Kind kind) {
    return trouble != null && trouble.kind() == kind;
  }

  /** NaN when the lane is not owned here, and for as long as no read has told what there is. */
  synchronized double oldestUnpublishedSeconds() {
    Instant since = progress == null ? troubledSince : progress;
    if (since == null || !known) {
      return Double.NaN;
    }
    Duration silence = age(since);
    Duration oldest = silence.compareTo(PROGRESS_WITHIN) > 0 ? silence : Duration.ZERO;
    for (Instant waiting : waiting()) {
      oldest = age(waiting).compareTo(oldest) > 0 ? age(waiting) : oldest;
    }
    return oldest.toMillis() / 1000.0;
  }

  private List<Instant> waiting() {
    List<Instant> waiting = new ArrayList<>(unpublished);
    if (behind != null) {
      waiting.add(behind);
    }
    return waiting;
  }

  /** Why the lane is not ready: a person is needed, or there was no progress for this long. */
  synchronized Optional<String> stuck(Duration after) {
    LaneFailure failure = trouble;
    Instant since = progress == null ? troubledSince : progress;
    boolean tooLong = since != null && age(since).compareTo(after) > 0;
    if (failure != null && (failure.kind().needsAPerson() || tooLong)) {
      return Optional.of(failure.reason());
    }
    return tooLong && since != null
        ? Optional.of("no progress for " + age(since).toSeconds() + " s")
        : Optional.empty();
  }

  private Duration age(Instant since) {
    Duration age = Duration.between(since, clock.instant());
    return age.isNegative() ? Duration.ZERO : age;
  }
}
