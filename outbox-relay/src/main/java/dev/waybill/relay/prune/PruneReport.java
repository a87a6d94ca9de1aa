package dev.waybill.relay.prune;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.WaitingAggregate;
import dev.waybill.relay.cursor.Window;
import dev.waybill.relay.source.PruneStep;
import dev.waybill.relay.source.PruneStep.Verdict;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a run of {@link Prune} tells. */
final class PruneReport {
  private final PrintWriter out;
  private final String deleted;
  private final Map<Integer, Map<Verdict, Long>> rows = new TreeMap<>();
  private final Map<Integer, String> holds = new HashMap<>();
  private final Map<Integer, WaitingAggregate> waits = new TreeMap<>();

  PruneReport(PrintWriter out, boolean delete) {
    this.out = out;
    this.deleted = delete ? "deleted" : "would delete";
  }

  /** Why nothing of a lane can be deleted. */
  void holds(int lane, String reason) {
    holds.put(lane, reason);
  }

  /** Because of which aggregate a lane keeps rows that its cursor has passed. */
  void waits(int lane, WaitingAggregate first) {
    waits.put(lane, first);
  }

  /** What the rows of a lane wait for that are not published. */
  void cursor(int lane, Cursor cursor) {
    Window window = cursor.window();
    holds.put(
        lane,
        "its cursor has not passed them: snapshot %s of %s%s"
            .formatted(
                cursor.seen(),
                cursor.readAt(),
                window == null
                    ? ""
                    : ", and a window that is published up to seq %s of %s"
                        .formatted(window.afterSeq(), window.lastSeq())));
  }

  void add(PruneStep step) {
    for (PruneStep.Count count : step.counts()) {
      rows.computeIfAbsent(count.lane(), lane -> new EnumMap<>(Verdict.class))
          .merge(count.verdict(), count.rows(), Long::sum);
    }
  }

  void progress(long seq) {
    out.printf("%s %s rows, up to seq %s%n", deleted, all(Verdict.PASSED), seq);
    out.flush();
  }

  void end(Instant cutoff, Optional<String> longTransaction) {
    rows.forEach(
        (lane, counts) -> {
          long held =
              counts.getOrDefault(Verdict.UNPUBLISHED, 0L)
                  + counts.getOrDefault(Verdict.NO_CURSOR, 0L);
          if (held > 0) {
            out.printf("lane %s keeps %s rows: %s%n", lane, held, holds.get(lane));
          }
        });
    waits.forEach(
        (lane, first) ->
            out.printf("lane %s keeps all from seq %s on: %s%n", lane, first.firstSeq(), first));
    longTransaction.ifPresent(
        open ->
            out.printf(
                "%s: what it writes comes when it commits, and until it ends PostgreSQL frees no"
                    + " space%n",
                open));
    out.printf(
        "%s %s rows from before %s; %s more are the last of a lane, or near younger ones%n",
        deleted, all(Verdict.PASSED), cutoff, all(Verdict.LANDMARK) + all(Verdict.YOUNG));
    out.flush();
  }

  private long all(Verdict verdict) {
    return rows.values().stream().mapToLong(counts -> counts.getOrDefault(verdict, 0L)).sum();
  }
}
