package dev.waybill.console.audit;

import dev.waybill.console.audit.AuditReport.Minute;
import dev.waybill.console.audit.Comparison.Committed;
import dev.waybill.console.systems.AwayException;
import dev.waybill.console.systems.OutboxEvent;
import dev.waybill.console.systems.OutboxSearch;
import dev.waybill.console.systems.Records;
import dev.waybill.console.systems.Relays;
import dev.waybill.console.systems.SystemA;
import dev.waybill.console.systems.SystemB;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares what committed in A with what took effect in B, by minutes and by buckets of aggregates.
 * A's rows of these minutes are read once, B's stores likewise; nothing is scanned beyond. Safe for
 * use by many threads.
 */
public final class Audit {
  private static final int MOST_ROWS = 2_000_000;
  private static final Duration SLACK = Duration.ofSeconds(10);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final SystemA a;
  private final Relays relays;
  private final SystemB b;
  private final Records topics;
  private final String topic;

  /** Asks nothing yet. */
  public Audit(SystemA a, Relays relays, SystemB b, Records topics, String topic) {
    this.a = a;
    this.relays = relays;
    this.b = b;
    this.topics = topics;
    this.topic = topic;
  }

  /**
   * The last whole minutes. Blocks for some seconds.
   *
   * @param count how many
   */
  public AuditReport last(int count, Instant now) {
    Instant to = now.truncatedTo(ChronoUnit.MINUTES);
    return between(to.minus(MINUTE.multipliedBy(count)), to);
  }

  /** Minutes. */
  AuditReport between(Instant from, Instant to) {
    List<String> missing = new ArrayList<>();
    Relays.Lanes lanes = null;
    try {
      lanes = relays.lanes();
      lanes.away().forEach(away -> missing.add("the relay: " + away));
    } catch (AwayException away) {
      missing.add(String.valueOf(away.getMessage()));
    }
    try {
      // B first: what it does not have then, A may have committed since, but not the other way.
      Applied applied = new Applied(b, topics.partitions(topic));
      Map<Instant, Digest> inB = applied.minutes(from, to);
      Map<Instant, Committed> inA = committed(from, to, missing);
      Comparison comparison = new Comparison(applied, lanes);
      List<Minute> minutes = new ArrayList<>();
      inA.forEach(
          (minute, ours) ->
              minutes.add(comparison.minute(minute, ours, inB.getOrDefault(minute, new Digest()))));
      LastVersions versions = new LastVersions(a, b, applied, new Explanation(lanes));
      List<AuditReport.Aggregate> aggregates = named(versions, comparison.behind(), missing);
      return new AuditReport(
          List.copyOf(minutes),
          comparison.buckets(),
          aggregates,
          comparison.behind().size() - aggregates.size(),
          List.copyOf(missing));
    } catch (AwayException away) {
      missing.add(String.valueOf(away.getMessage()));
      return AuditReport.nothing(missing);
    }
  }

  private static List<AuditReport.Aggregate> named(
      LastVersions versions, Map<String, Behind> behind, List<String> missing) {
    try {
      return versions.of(behind);
    } catch (AwayException away) {
      missing.add("the last versions of aggregates: " + away.getMessage());
    } catch (SystemB.RefusedException refused) {
      missing.add("the last versions of aggregates: B refuses to tell: " + refused.getMessage());
    }
    return List.of();
  }

  /** Of those minutes that A still has rows of. */
  private Map<Instant, Committed> committed(Instant from, Instant to, List<String> missing) {
    Map<Instant, Committed> minutes = new TreeMap<>();
    return a.ask(
        connection -> {
          OutboxSearch outbox = new OutboxSearch(connection);
          Instant begin = outbox.begin().orElse(from);
          Instant whole = begin.truncatedTo(ChronoUnit.MINUTES);
          for (Instant one = from; one.isBefore(to); one = one.plus(MINUTE)) {
            if (!one.isBefore(whole)) {
              minutes.put(one, new Committed());
            }
          }
          boolean all = outbox.between(from, to, SLACK, MOST_ROWS, row -> add(minutes, row));
          if (!all) {
            missing.add("more than %s rows in these minutes: ask for fewer".formatted(MOST_ROWS));
          }
          return minutes;
        });
  }

  private static void add(Map<Instant, Committed> minutes, OutboxEvent row) {
    Committed minute = minutes.get(row.idTime().truncatedTo(ChronoUnit.MINUTES));
    if (minute != null) {
      minute.add(row);
    }
  }
}
