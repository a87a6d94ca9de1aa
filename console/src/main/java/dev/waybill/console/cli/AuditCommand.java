package dev.waybill.console.cli;

import dev.waybill.console.audit.AuditReport;
import dev.waybill.console.audit.Difference;
import dev.waybill.console.audit.TablesAudit;
import dev.waybill.console.engine.Engine;
import dev.waybill.console.text.Count;
import java.time.Instant;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./waybill audit}. */
@Command(
    name = "audit",
    description =
        "Says whether what committed in A took effect in B, minute by minute and by buckets of"
            + " aggregates, and names what did not.")
public final class AuditCommand extends EngineCommand {
  private static final int MOST_MINUTES = 24 * 60;
  private static final int MOST_ORDERS = 5_000_000;

  @Option(
      names = "--minutes",
      defaultValue = "10",
      description = "How many of the last whole minutes, up to 1440. Default: 10.")
  private int minutes;

  @Option(
      names = "--tables",
      description = "Compares the tables of orders themselves: status, version and total.")
  private boolean tables;

  @Option(
      names = "--limit",
      defaultValue = "100000",
      description = "With --tables: at most so many orders. Default: 100000.")
  private int limit;

  /** With the environment of this process. */
  public AuditCommand() {
    this(System.getenv());
  }

  AuditCommand(Map<String, String> environment) {
    super(environment);
  }

  @Override
  int run(Engine engine) {
    if (minutes < 1 || minutes > MOST_MINUTES) {
      return refuse("--minutes must be from 1 to " + MOST_MINUTES);
    }
    if (limit < 1 || limit > MOST_ORDERS) {
      return refuse("--limit must be from 1 to " + MOST_ORDERS);
    }
    return tables ? compareTables(engine) : compareMinutes(engine);
  }

  private int compareMinutes(Engine engine) {
    AuditReport report = engine.audit().last(minutes, Instant.now());
    if (isJson()) {
      print(report);
    } else {
      showMinutes(report);
      showAggregates(report);
      report.missing().forEach(part -> say("not compared: " + part));
      say(report.isAgreed() ? "A and B agree" : "A and B do not agree, or not all was compared");
    }
    return report.isAgreed() ? 0 : 1;
  }

  private void showMinutes(AuditReport report) {
    say("minute                 committed  published    applied");
    for (AuditReport.Minute one : report.minutes()) {
      counts(
          one.minute().toString(), one.committed(), one.published(), one.applied(), one.agrees());
      one.differences().forEach(this::show);
      if (one.unnamed() > 0) {
        say("    and " + one.unnamed() + " more");
      }
    }
  }

  /** Only the buckets that differ: of the others their minutes say enough. */
  private void showAggregates(AuditReport report) {
    for (AuditReport.Bucket one : report.buckets()) {
      if (!one.agrees()) {
        String name = "bucket " + one.bucket() + " of aggregates";
        counts(name, one.committed(), one.published(), one.applied(), false);
      }
    }
    for (AuditReport.Aggregate one : report.aggregates()) {
      say(
          "    ≠ %s order %s: version %s in A, %s in B; %s not applied, the first of them version %s: %s"
              .formatted(
                  one.first().why().text(),
                  one.first().aggregateId(),
                  one.inA(),
                  one.inB() == 0 ? "nothing" : one.inB(),
                  Count.of(one.events(), "event"),
                  one.first().version(),
                  one.first().words()));
    }
    if (report.unnamed() > 0) {
      say("    not named: " + Count.of(report.unnamed(), "aggregate"));
    }
  }

  private void counts(String name, int committed, int published, int applied, boolean agrees) {
    say(
        "%-22s %9s %10s %10s  %s"
            .formatted(
                name,
                committed,
                published < 0 ? "?" : published,
                applied,
                agrees ? "✓ agrees" : "≠ differs"));
  }

  private int compareTables(Engine engine) {
    TablesAudit.Report report =
        engine.tables().compare(limit, read -> tell("  read " + Count.of(read, "order")));
    if (isJson()) {
      print(report);
    } else {
      report.differences().forEach(this::show);
      say(
          "%s compared%s, %s"
              .formatted(
                  Count.of(report.compared(), "order"),
                  report.whole() ? "" : " (there are more: --limit)",
                  Count.of(report.differences().size(), "differs", "differ")));
    }
    return report.isAgreed() ? 0 : 1;
  }

  private void show(Difference one) {
    say(
        "    ≠ %s %s%s: %s"
            .formatted(
                one.why().text(),
                one.eventId() == null ? "" : "event " + one.eventId() + " ",
                one.aggregateId() == null
                    ? ""
                    : "order %s version %s".formatted(one.aggregateId(), one.version()),
                one.words()));
  }
}
