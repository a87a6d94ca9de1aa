package dev.waybill.proof.lab.report;

import dev.waybill.proof.lab.judge.Percentiles;
import dev.waybill.proof.lab.judge.Row;
import dev.waybill.proof.lab.judge.Wrong;
import java.util.List;
import java.util.Locale;

/** The table's cells, the same on each page. */
final class Texts {
  static final List<String> HEADS =
      List.of(
          "pattern",
          "B recognises",
          "committed",
          "told",
          "lost",
          "phantom",
          "doubled",
          "reordered",
          "refused",
          "hung",
          "A p50 / p99",
          "commit to B p50 / p99",
          "recovery p50 / worst");

  /** What makes the numbers less than the truth, or more. */
  static final List<String> THREATS =
      List.of(
          "One machine, and networks that are its loopback: times are shorter than yours, and all"
              + " processes share its cores and its disk.",
          "The faults are the same for all patterns, and each comes once for each seed: how often they"
              + " come in your world decides how much of each column you see. The lab says what can"
              + " happen, not how often.",
          "What a pattern costs is measured before there are faults, one pattern at a time, 40 requests a"
              + " second; what it loses is measured at 8 a second, all patterns at the same time.",
          "Both B's of a pattern are told by the same calls, in one process: one takes each for new, one"
              + " recognises a booking's id by a unique key in its own database. Waybill's two are two"
              + " processes that read the same topic: a plain consumer, and Kafka Streams with Waybill's"
              + " deduplication.",
          "One broker with one replica, one PostgreSQL whose commits are on disk (fsync); a call to B times"
              + " out after two seconds, a lock after one and a half, Kafka likewise. Kafka is away by its network; it does not lose what it"
              + " had.",
          "A repeats no request of its client, and its client does not repeat any: what a client makes of"
              + " a refusal is not counted.",
          "Commit times are PostgreSQL's own (track_commit_timestamp), effects in a database likewise; the"
              + " time of Waybill's recognised effects is taken just before their Kafka transaction"
              + " commits.");

  private Texts() {}

  static List<String> cells(Row row) {
    return List.of(
        row.variant(),
        row.b().text(),
        number(row.found().committed().size()),
        number(row.found().told().size()),
        number(row.count(Wrong.LOST)),
        number(row.count(Wrong.PHANTOM)),
        number(row.count(Wrong.DOUBLED)),
        number(row.count(Wrong.REORDERED)),
        number(row.count(Wrong.REFUSED)),
        number(row.count(Wrong.HUNG)),
        millis(row.a().p50()) + " / " + millis(row.a().p99()) + " ms",
        millis(row.told().p50()) + " / " + millis(row.told().p99()) + " ms",
        seconds(row.recovery()));
  }

  private static String number(int count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String millis(long micros) {
    return String.format(Locale.ROOT, micros < 10_000 ? "%.1f" : "%.0f", micros / 1e3);
  }

  private static String seconds(Percentiles times) {
    return times.count() == 0
        ? "–"
        : String.format(Locale.ROOT, "%.1f / %.1f s", times.p50() / 1e6, times.most() / 1e6);
  }
}
