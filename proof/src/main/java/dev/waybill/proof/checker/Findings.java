package dev.waybill.proof.checker;

import dev.waybill.proof.checker.Judged.Outcome;
import dev.waybill.proof.ledger.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Counts the violations of one invariant, and keeps the first of them. */
final class Findings {
  private final Invariant invariant;
  private final Facts facts;
  private final List<Finding> kept = new ArrayList<>();
  private long violations;

  Findings(Invariant invariant, Facts facts) {
    this.invariant = invariant;
    this.facts = facts;
  }

  /** A violation that is about no event. */
  void add(String offender) {
    add(offender, List.of());
  }

  /** A violation where two have the row of a table differently, or one of them has none. */
  void addUnlessEqual(
      Row.Table table,
      String id,
      String who,
      @Nullable String its,
      String other,
      @Nullable String others) {
    if (!Objects.equals(its, others)) {
      add(
          "%s, %s: %s has %s, %s has %s"
              .formatted(
                  table.name().toLowerCase(Locale.ROOT),
                  id,
                  who,
                  Objects.requireNonNullElse(its, "none"),
                  other,
                  Objects.requireNonNullElse(others, "none")));
    }
  }

  /** A violation by an event, whose life line is added. */
  void add(UUID event, String what) {
    add(
        "event " + event + " " + what,
        violations < Judged.KEPT ? LifeLine.of(facts, event) : List.of());
  }

  /** A violation by a record of the events' topic, or a letter about one. */
  void add(@Nullable String eventId, long readAt, String what) {
    Facts.eventId(eventId)
        .ifPresentOrElse(
            id -> add(id, what),
            () ->
                add(
                    "a record with the id %s, read at %s, %s"
                        .formatted(eventId, facts.at(readAt), what)));
  }

  private void add(String offender, List<String> lifeLine) {
    violations++;
    if (kept.size() < Judged.KEPT) {
      kept.add(new Finding(invariant, offender, lifeLine));
    }
  }

  Judged judged(long examined, String remark) {
    Outcome outcome = violations == 0 ? Outcome.HELD : Outcome.BROKEN;
    return new Judged(invariant, outcome, examined, remark, violations, kept);
  }

  /** Where nothing against the invariant is no evidence for it. */
  Judged judgedOrElse(boolean evidence, long examined, String reason) {
    return evidence || violations > 0
        ? judged(examined, "")
        : Judged.notExamined(invariant, reason);
  }
}
