package dev.waybill.console.flow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waybill.console.flow.Flowing.Health;
import dev.waybill.console.flow.Flowing.InstanceLine;
import dev.waybill.console.flow.Flowing.LaneLine;
import dev.waybill.console.flow.Flowing.Station;
import dev.waybill.console.systems.AwayException;
import dev.waybill.console.systems.Lane;
import dev.waybill.console.systems.Relays;
import dev.waybill.console.systems.SystemA;
import dev.waybill.console.systems.SystemB;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Looks once at everything; keeps what it needs for rates. Of one thread. */
final class Look {
  /** As deploy/monitoring/alerts.yml has them. */
  private static final double LATE_SECONDS = 30;

  private static final double MANY_LETTERS = 100;
  private static final double OLD_LETTER_SECONDS = 86_400;

  /**
   * Every so many looks A and B are asked, whom it costs more than the relay: B a page of metrics.
   */
  private static final int ASK_A_AND_B_EVERY = 5;

  /** What B told last. */
  private record InB(
      Station applied,
      Station letters,
      List<InstanceLine> instances,
      int open,
      List<String> alerts) {}

  private final SystemA a;
  private final Relays relays;
  private final SystemB b;
  private final Rates rates = new Rates();
  private int looks;
  private Station committed = new Station("A's outbox", Health.AWAY, -1, -1, "not asked yet");

  private InB inB =
      new InB(
          new Station("B", Health.AWAY, -1, -1, "not asked yet"),
          new Station("dead letters", Health.AWAY, -1, -1, "not asked yet"),
          List.of(),
          -1,
          List.of());

  Look(SystemA a, Relays relays, SystemB b) {
    this.a = a;
    this.relays = relays;
    this.b = b;
  }

  Flowing now(Instant now) {
    if (looks++ % ASK_A_AND_B_EVERY == 0) {
      committed = outbox(now);
      inB = inB(now);
    }
    List<String> alerts = new ArrayList<>();
    List<LaneLine> lanes = new ArrayList<>();
    Station published = published(now, lanes, alerts);
    alerts.addAll(inB.alerts());
    return new Flowing(
        now,
        List.of(committed, published, inB.applied(), inB.letters()),
        List.copyOf(lanes),
        inB.instances(),
        inB.open(),
        List.copyOf(alerts));
  }

  private InB inB(Instant now) {
    List<InstanceLine> instances = new ArrayList<>();
    List<Measured> measured = new ArrayList<>();
    List<String> alerts = new ArrayList<>();
    Station applied = applied(now, instances, measured, alerts);
    Station letters = letters(measured, alerts);
    int open = (int) max(measured, "waybill_consumer_dead_letters_open");
    return new InB(applied, letters, List.copyOf(instances), open, List.copyOf(alerts));
  }

  private Station outbox(Instant now) {
    try {
      long last =
          a.ask(
              connection -> {
                try (PreparedStatement question =
                        connection.prepareStatement(
                            "SELECT coalesce(max(seq), 0) FROM outbox_event");
                    ResultSet row = question.executeQuery()) {
                  row.next();
                  return row.getLong(1);
                }
              });
      return new Station(
          "A's outbox", Health.FLOWS, rates.of("committed", (double) last, now), 0, "");
    } catch (AwayException away) {
      return new Station("A's outbox", Health.AWAY, -1, -1, words(away));
    }
  }

  private Station published(Instant now, List<LaneLine> lines, List<String> alerts) {
    String name = "relay";
    try {
      Relays.Lanes lanes = relays.lanes();
      List<String> causes = new ArrayList<>(lanes.away());
      double published = 0;
      double oldest = 0;
      for (int number = 0; number < lanes.count(); number++) {
        Lane lane = lanes.owned().get(number);
        if (lane == null) {
          lines.add(new LaneLine(number, "nobody", -1, "no relay that answers owns it", 0));
          causes.add("lane " + number + " has no owner");
          alerts.add("LaneWithoutOwner: lane " + number);
        } else {
          String stuck = lane.stuck() == null ? "" : lane.stuck();
          lines.add(
              new LaneLine(number, lane.relay(), lane.lagSeconds(), stuck, lane.waiting().size()));
          published += (double) lane.published();
          oldest = Math.max(oldest, lane.lagSeconds());
          if (!stuck.isEmpty()) {
            causes.add("lane " + number + ": " + stuck);
            alerts.add("LaneStopped: lane " + number);
          }
        }
      }
      if (oldest > LATE_SECONDS) {
        alerts.add("EventsNotPublished: for %s s".formatted(Math.round(oldest)));
      }
      Health health =
          !causes.isEmpty() ? Health.STOPPED : oldest > LATE_SECONDS ? Health.SLOW : Health.FLOWS;
      double rate = rates.of("published", published, now);
      return new Station(name, health, rate, oldest, String.join("; ", causes));
    } catch (AwayException away) {
      alerts.add("ServiceMissing: outbox-relay");
      return new Station(name, Health.AWAY, -1, -1, words(away));
    }
  }

  private Station applied(
      Instant now, List<InstanceLine> lines, List<Measured> measured, List<String> alerts) {
    String name = "B";
    List<SystemB.Instance> instances;
    try {
      instances = b.instances();
    } catch (AwayException away) {
      alerts.add("ServiceMissing: consumer-service");
      return new Station(name, Health.AWAY, -1, -1, words(away));
    }
    List<String> causes = new ArrayList<>();
    double applied = 0;
    for (SystemB.Instance one : instances) {
      String notReady = "";
      try {
        notReady = reasons(b.readiness(one.url()));
        Measured values = new Measured(b.metrics(one.url()));
        measured.add(values);
        applied += values.sum("waybill_consumer_records_total", "outcome=\"applied\"");
      } catch (AwayException away) {
        notReady = words(away);
        alerts.add("InstanceDown: " + one.url());
      }
      if (!notReady.isEmpty()) {
        causes.add(notReady);
      }
      lines.add(new InstanceLine(one.url(), one.partitions(), notReady));
    }
    lines.sort(Comparator.comparing(InstanceLine::url));
    double oldest = max(measured, "waybill_consumer_oldest_unapplied_age_seconds");
    if (oldest > LATE_SECONDS) {
      alerts.add("EventsNotApplied: for %s s".formatted(Math.round(oldest)));
    }
    if (max(measured, "waybill_consumer_compaction_lag_used") > 0.5) {
      alerts.add("CompactionReachesB");
    }
    Health health =
        !causes.isEmpty() ? Health.STOPPED : oldest > LATE_SECONDS ? Health.SLOW : Health.FLOWS;
    double rate = rates.of("applied", applied, now);
    return new Station(name, health, rate, oldest, String.join("; ", causes));
  }

  private static Station letters(List<Measured> measured, List<String> alerts) {
    String name = "dead letters";
    double open = max(measured, "waybill_consumer_dead_letters_open");
    double oldest = max(measured, "waybill_consumer_dead_letters_oldest_open_age_seconds");
    if (open < 0) {
      return new Station(name, Health.AWAY, -1, -1, "B does not tell");
    }
    if (open > MANY_LETTERS) {
      alerts.add("ManyOpenDeadLetters: %s".formatted(Math.round(open)));
    }
    if (oldest > OLD_LETTER_SECONDS) {
      alerts.add("OldDeadLetter: for %s h".formatted(Math.round(oldest / 3600)));
    }
    return open == 0
        ? new Station(name, Health.FLOWS, -1, 0, "")
        : new Station(name, Health.SLOW, -1, oldest, "%s open".formatted(Math.round(open)));
  }

  private static double max(List<Measured> measured, String name) {
    return measured.stream().flatMapToDouble(one -> one.max(name).stream()).max().orElse(-1);
  }

  private static String reasons(JsonNode readiness) {
    List<String> reasons = new ArrayList<>();
    readiness
        .path("reasons")
        .properties()
        .forEach(one -> reasons.add(one.getKey() + ": " + one.getValue().asText()));
    return String.join("; ", reasons);
  }

  private static String words(AwayException away) {
    return String.valueOf(away.getMessage());
  }
}
