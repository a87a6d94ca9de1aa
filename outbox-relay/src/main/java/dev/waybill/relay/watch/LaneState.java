package dev.waybill.relay.watch;

import static java.util.stream.Collectors.joining;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.WaitingAggregate;
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
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one lane. It makes progress when a commit is acknowledged, and when a read finds
 * nothing to publish; reading the same page again does not count. Thread-safe.
 */
final class LaneState {
  /** A lane makes progress more often than this when all is well; silence beyond it is age. */
  private static final Duration PROGRESS_WITHIN = Duration.ofSeconds(1);

  private static final int SHOWN = 10;

  /**
   * A page that was read.
   *
   * @param next the cursor behind it
   */
  private record Read(Cursor next, Instant oldest) {}

  private final Clock clock;

  /** The oldest event of each page that was read and is not committed. */
  private final Deque<Read> unpublished = new ArrayDeque<>();

  /**
   * The oldest event of the last page of a window that is not read to its end: what follows is no
   * older, as far as times grow with seq. Kept where a page has no rows, and after a failure what
   * had not been committed.
   */
  private @Nullable Instant behind;

  /** Whether a read told, since the lane began here, what there is to publish. */
  private boolean known;

  /** Whether the lane made progress since it began here. */
  private boolean worked;

  private List<WaitingAggregate> waiting = List.of();
  private List<UUID> quarantined = List.of();

  /** How far the lane is published, as far as it was told. */
  private @Nullable Cursor cursor;

  private @Nullable Instant progress;
  private @Nullable Instant troubledSince;
  private @Nullable LaneFailure trouble;

  LaneState(Clock clock) {
    this.clock = clock;
  }

  /** Notes that the lane has its cursor; true when it is not on its way out of a trouble. */
  synchronized boolean started(@Nullable Cursor from) {
    cursor = from;
    behind = pages().stream().min(Comparator.naturalOrder()).orElse(null);
    unpublished.clear();
    if (progress == null) {
      progress = clock.instant();
    }
    return trouble == null;
  }

  /** Notes a read; true when it ended a trouble. */
  synchronized boolean read(Page page) {
    Optional<Instant> oldest =
        page.rows().stream().map(this::occurredAt).min(Comparator.naturalOrder());
    if (page.isToPublish()) {
      unpublished.addLast(new Read(page.next(), oldest.orElseGet(clock::instant)));
    }
    boolean more = page.next().window() != null;
    behind = more ? oldest.orElse(behind) : null;
    known = !more || behind != null;
    if (!page.isToPublish() && unpublished.isEmpty()) {
      cursor = page.next();
    }
    return !page.isToPublish() && progressed();
  }

  /** An event without a usable time is at least as old as the read that found it. */
  private Instant occurredAt(OutboxRow row) {
    Instant occurredAt = row.occurredAt();
    return occurredAt == null ? clock.instant() : occurredAt;
  }

  /**
   * Notes a commit, of a page that was read, or of rows that waited, which leave the cursor where
   * it is; true when it ended a trouble.
   */
  synchronized boolean published(Page page) {
    cursor = page.next();
    Read first = unpublished.peekFirst();
    if (first != null && first.next().equals(page.next())) {
      unpublished.removeFirst();
    }
    return progressed();
  }

  /** Notes which aggregates wait; returns those that did before. */
  synchronized List<WaitingAggregate> waiting(List<WaitingAggregate> aggregates) {
    List<WaitingAggregate> before = waiting;
    waiting = aggregates;
    return before;
  }

  /** Notes which events are never published; returns those that were known before. */
  synchronized List<UUID> quarantined(List<UUID> events) {
    List<UUID> before = quarantined;
    quarantined = events;
    return before;
  }

  synchronized int quarantinedEvents() {
    return quarantined.size();
  }

  synchronized int waitingAggregates() {
    return waiting.size();
  }

  private boolean progressed() {
    boolean recovered = trouble != null;
    progress = clock.instant();
    worked = true;
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
    cursor = null;
    unpublished.clear();
    waiting = List.of();
    quarantined = List.of();
    behind = null;
    known = false;
    worked = false;
    progress = null;
    trouble = null;
    troubledSince = null;
  }

  synchronized boolean isTroubledBy(LaneFailure.Kind kind) {
    return (trouble != null && trouble.kind() == kind)
        || waiting.stream().anyMatch(one -> one.cause().equals(kind.tag()));
  }

  /** NaN when the lane is not owned here, and for as long as no read has told what there is. */
  synchronized double oldestUnpublishedSeconds() {
    Instant since = progress == null ? troubledSince : progress;
    if (since == null || !known) {
      return Double.NaN;
    }
    Duration silence = age(since);
    Duration oldest = silence.compareTo(PROGRESS_WITHIN) > 0 ? silence : Duration.ZERO;
    Stream<Instant> held =
        waiting.stream().map(WaitingAggregate::occurredAt).filter(Objects::nonNull);
    for (Instant event : Stream.concat(pages().stream(), held).toList()) {
      oldest = age(event).compareTo(oldest) > 0 ? age(event) : oldest;
    }
    return oldest.toMillis() / 1000.0;
  }

  /** The oldest events of pages that are not published, or not even read. */
  private List<Instant> pages() {
    List<Instant> pages = new ArrayList<>();
    unpublished.forEach(read -> pages.add(read.oldest()));
    if (behind != null) {
      pages.add(behind);
    }
    return pages;
  }

  /**
   * Why the lane is not ready: a person is needed, or there was no progress for this long; and when
   * there was none at all yet, the first failure.
   */
  synchronized Optional<String> stuck(Duration after) {
    LaneFailure failure = trouble;
    Instant since = progress == null ? troubledSince : progress;
    boolean tooLong = since != null && age(since).compareTo(after) > 0;
    if (failure != null && (failure.kind().needsAPerson() || tooLong || !worked)) {
      return Optional.of(failure.reason());
    }
    if (tooLong && since != null) {
      return Optional.of("no progress for " + age(since).toSeconds() + " s");
    }
    return waiting.isEmpty()
        ? Optional.empty()
        : Optional.of(
            waiting.stream().limit(SHOWN).map(Object::toString).collect(joining("; "))
                + (waiting.size() > SHOWN
                    ? "; %s aggregates in all".formatted(waiting.size())
                    : ""));
  }

  /** What is shown of it. */
  synchronized LaneView view(int lane, long published, Duration stuckAfter) {
    double lag = oldestUnpublishedSeconds();
    return new LaneView(
        lane,
        progress != null || troubledSince != null,
        cursor == null ? null : LaneView.At.of(cursor),
        Double.isNaN(lag) ? null : lag,
        published,
        stuck(stuckAfter).orElse(null),
        waiting.stream().map(LaneView.Waiting::of).toList(),
        quarantined);
  }

  private Duration age(Instant since) {
    Duration age = Duration.between(since, clock.instant());
    return age.isNegative() ? Duration.ZERO : age;
  }
}
