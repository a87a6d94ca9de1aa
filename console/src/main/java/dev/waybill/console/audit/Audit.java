package dev.waybill.console.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waybill.console.audit.AuditReport.Minute;
import dev.waybill.console.audit.Difference.Why;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Compares what committed in A with what took effect in B, by minutes. A's rows of these minutes
 * are read once, B's stores likewise; nothing is scanned beyond. Safe for use by many threads.
 */
public final class Audit {
  /** How many events of a minute are named at most. */
  private static final int NAMED = 100;

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

  /** A's side of a minute. */
  private static final class Committed {
    private final Digest digest = new Digest();
    private final List<OutboxEvent> rows = new ArrayList<>();
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
      List<Minute> minutes = new ArrayList<>();
      for (Instant minute = from; minute.isBefore(to); minute = minute.plus(MINUTE)) {
        Committed ours = inA.get(minute);
        Digest theirs = inB.getOrDefault(minute, new Digest());
        if (ours != null) {
          minutes.add(compare(minute, ours, theirs, applied, lanes));
        }
      }
      return new AuditReport(List.copyOf(minutes), List.copyOf(missing));
    } catch (AwayException away) {
      missing.add(String.valueOf(away.getMessage()));
      return new AuditReport(List.of(), List.copyOf(missing));
    }
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
      minute.digest.add(row.eventId());
      minute.rows.add(row);
    }
  }

  private static Minute compare(
      Instant minute,
      Committed ours,
      Digest theirs,
      Applied applied,
      Relays.@Nullable Lanes lanes) {
    int published =
        lanes == null
            ? -1
            : (int) ours.rows.stream().filter(row -> lanes.isPublished(row).orElse(false)).count();
    boolean same = ours.digest.isSameAs(theirs);
    List<Difference> all =
        same ? List.of() : differences(ours.rows, applied.ids(minute), applied, lanes);
    return new Minute(
        minute,
        ours.digest.count(),
        published,
        theirs.count(),
        same || all.isEmpty(),
        all.subList(0, Math.min(NAMED, all.size())),
        Math.max(0, all.size() - NAMED));
  }

  private static List<Difference> differences(
      List<OutboxEvent> rows, Set<UUID> inB, Applied applied, Relays.@Nullable Lanes lanes) {
    Map<UUID, OutboxEvent> inA = new LinkedHashMap<>();
    rows.forEach(row -> inA.put(row.eventId(), row));
    List<OutboxEvent> notInB = rows.stream().filter(row -> !inB.contains(row.eventId())).toList();
    Map<String, JsonNode> known =
        applied.events(notInB.stream().limit(NAMED).map(OutboxEvent::eventId).toList());
    Explanation explanation = new Explanation(lanes);
    List<Difference> found = new ArrayList<>();
    for (OutboxEvent row : notInB) {
      Difference difference = explanation.of(row, known.get(row.eventId().toString()));
      found.add(difference);
    }
    for (UUID id : inB) {
      if (!inA.containsKey(id)) {
        found.add(
            new Difference(
                id.toString(), null, 0, Why.UNKNOWN_TO_A, "B applied it, and A has no row of it"));
      }
    }
    return found;
  }
}
