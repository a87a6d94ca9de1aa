package dev.waybill.proof.demo;

import dev.waybill.proof.systems.AppliedEvent;
import dev.waybill.proof.systems.CommittedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;

/** How long events took, and how long B needed to catch up after outages. */
record Times(List<Span> spans) {

  /**
   * Of one event.
   *
   * @param from when A's transaction began
   * @param to when B applied it
   * @param isQuiet whether no outage was felt meanwhile
   */
  record Span(Instant from, Instant to, boolean isQuiet) {}

  static Times of(Evidence data) {
    Times all = new Times(spans(data.committed(), data.applied(), List.of()));
    List<Outage> felt =
        data.outages().stream()
            .map(one -> new Outage(one.service(), one.began(), all.caughtUp(one)))
            .toList();
    return new Times(spans(data.committed(), data.applied(), felt));
  }

  private static List<Span> spans(
      Map<UUID, CommittedEvent> committed, Map<UUID, AppliedEvent> applied, List<Outage> felt) {
    List<Span> spans = new ArrayList<>();
    applied.forEach(
        (id, event) -> {
          Instant from = Objects.requireNonNull(committed.get(id)).occurredAt();
          boolean quiet =
              felt.stream()
                  .allMatch(
                      outage ->
                          event.at().isBefore(outage.began()) || from.isAfter(outage.ended()));
          spans.add(new Span(from, event.at(), quiet));
        });
    return spans;
  }

  /** When the last event was applied that had begun before the service was started again. */
  private Instant caughtUp(Outage outage) {
    return spans.stream()
        .filter(span -> !span.from().isAfter(outage.ended()))
        .map(Span::to)
        .max(Instant::compareTo)
        .filter(last -> last.isAfter(outage.ended()))
        .orElse(outage.ended());
  }

  /** For people. */
  String of(Predicate<Span> wanted) {
    List<Duration> sorted =
        spans.stream()
            .filter(wanted)
            .map(span -> Duration.between(span.from(), span.to()))
            .sorted()
            .toList();
    return sorted.isEmpty()
        ? "no event"
        : "p50 %s ms, p99 %s ms"
            .formatted(
                sorted.get(sorted.size() / 2).toMillis(),
                sorted.get((int) (sorted.size() * 0.99)).toMillis());
  }

  /** For people: how long it was away, and how long until what had waited was applied. */
  String recovery(Outage outage) {
    return String.format(
        Locale.ROOT,
        "away %.1f s, caught up %.1f s later",
        seconds(outage.began(), outage.ended()),
        seconds(outage.ended(), caughtUp(outage)));
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1000.0;
  }
}
