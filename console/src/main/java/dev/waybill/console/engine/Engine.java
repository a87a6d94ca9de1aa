package dev.waybill.console.engine;

import dev.waybill.console.audit.Audit;
import dev.waybill.console.audit.TablesAudit;
import dev.waybill.console.flow.Flow;
import dev.waybill.console.journal.Journal;
import dev.waybill.console.letters.Bulk;
import dev.waybill.console.letters.Contents;
import dev.waybill.console.letters.EditedValues;
import dev.waybill.console.letters.Letters;
import dev.waybill.console.letters.Operations;
import dev.waybill.console.letters.Outcomes;
import dev.waybill.console.letters.Repairs;
import dev.waybill.console.systems.KafkaSender;
import dev.waybill.console.systems.Relays;
import dev.waybill.console.systems.SystemA;
import dev.waybill.console.systems.SystemB;
import dev.waybill.console.systems.Topics;
import dev.waybill.console.trace.Tracing;
import dev.waybill.registry.SchemaRegistry;
import dev.waybill.runtime.Closer;
import java.time.Clock;

/**
 * Everything that the console can answer and do. Opening it waits for nobody; each question says by
 * itself who is away. Safe for use by many threads.
 */
public final class Engine implements AutoCloseable {
  private final Closer closer = new Closer();
  private final Flow flow;
  private final Tracing tracing;
  private final Audit audit;
  private final TablesAudit tables;
  private final Letters letters;
  private final Repairs repairs;
  private final Journal journal;
  private final Operations operations;
  private final Quarantine quarantine;

  private Engine(EngineSettings settings) {
    EngineSettings.Names names = settings.topics();
    SystemA a = new SystemA(settings.database(), settings.statementLimit());
    Relays relays = new Relays(settings.relays(), settings.relayToken());
    SystemB b = new SystemB(settings.consumers());
    Topics topics = closer.add(new Topics(settings.kafka()));
    KafkaSender sender = closer.add(new KafkaSender(settings.kafka()));
    SchemaRegistry registry = closer.add(new SchemaRegistry(settings.registry()));
    flow = closer.add(new Flow(a, relays, b, Clock.systemUTC()));
    tracing = new Tracing(a, relays, b, topics, names.events(), settings.group());
    audit = new Audit(a, relays, b, topics, names.events());
    tables = new TablesAudit(a, b);
    letters = new Letters(b, topics, new Contents(registry, settings.payloads()));
    repairs =
        new Repairs(
            topics, new EditedValues(registry, names.events() + "-value"), settings.payloads());
    journal = new Journal(topics, sender, names.journal());
    Outcomes outcomes = Outcomes.of(b, topics, settings.group(), names.replays());
    operations =
        closer.add(
            new Operations(
                new Bulk.Tools(journal, topics, sender, names.replays(), outcomes),
                Clock.systemUTC()));
    quarantine = new Quarantine(relays, journal, Clock.systemUTC());
  }

  /** Opens all parts. */
  public static Engine open(EngineSettings settings) {
    return new Engine(settings);
  }

  /** Looks at the path for whoever wants to see it, and goes on with operations that broke off. */
  public void start() {
    flow.start();
    operations.start();
  }

  /** Where events are. */
  public Tracing tracing() {
    return tracing;
  }

  /** Whether A and B agree, by minutes. */
  public Audit audit() {
    return audit;
  }

  /** Whether the tables of A and B are the same. */
  public TablesAudit tables() {
    return tables;
  }

  /** What B refused. */
  public Letters letters() {
    return letters;
  }

  /** What people edit of it. */
  public Repairs repairs() {
    return repairs;
  }

  /** What is done about it. */
  public Operations operations() {
    return operations;
  }

  /** What people did. */
  public Journal journal() {
    return journal;
  }

  /** Letting one event pass. */
  public Quarantine quarantine() {
    return quarantine;
  }

  /** Whether everything flows; looks while somebody asks. */
  public Flow flow() {
    return flow;
  }

  @Override
  public void close() {
    closer.close();
  }
}
