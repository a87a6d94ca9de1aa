package dev.waybill.relay;

import dev.waybill.registry.SchemaRegistry;
import dev.waybill.relay.cursor.Slots;
import dev.waybill.relay.http.LaneRoute;
import dev.waybill.relay.http.QuarantineRoute;
import dev.waybill.relay.lane.Lanes;
import dev.waybill.relay.lane.RelayListener;
import dev.waybill.relay.source.OutboxDatabase;
import dev.waybill.relay.topic.EventRecords;
import dev.waybill.relay.topic.RelayTopic;
import dev.waybill.relay.topic.RelayTopics;
import dev.waybill.relay.topic.SchemaIds;
import dev.waybill.relay.topic.TopicWatch;
import dev.waybill.relay.topic.Topics;
import dev.waybill.relay.watch.LaneBoard;
import dev.waybill.runtime.BadSettingsException;
import dev.waybill.runtime.Closer;
import dev.waybill.runtime.Health;
import dev.waybill.runtime.Metrics;
import dev.waybill.runtime.Service;
import dev.waybill.runtime.ServiceServer;
import dev.waybill.runtime.Settings;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The composition root: builds the relay from its settings, starts it, and closes it in reverse.
 */
public final class Relay implements Service {
  private static final Logger log = LoggerFactory.getLogger(Relay.class);

  private final RelaySettings settings;
  private final Closer closer = new Closer();
  private final Metrics metrics = closer.add(new Metrics());
  private final Health health = new Health();
  private final LaneBoard board;
  private final QuarantineRoute quarantine;
  private final ServiceServer server;

  private Relay(RelaySettings settings) {
    this.settings = settings;
    this.board = new LaneBoard(metrics.registry(), Clock.systemUTC());
    this.quarantine = new QuarantineRoute(settings.actionToken(), Clock.systemUTC());
    LaneRoute lanes = new LaneRoute(board, settings.instance(), settings.stuckAfter());
    this.server =
        closer.add(
            new ServiceServer(
                settings.http(),
                health,
                metrics.registry(),
                routes -> {
                  lanes.addTo(routes);
                  quarantine.addTo(routes);
                }));
  }

  /**
   * Starts a relay: the HTTP server first, then, once Kafka is there, the lanes. Blocks for as long
   * as Kafka is away; an interrupt ends that.
   *
   * @param listeners told of what happens in the lanes, after log and metrics
   * @throws dev.waybill.runtime.BadSettingsException when a setting or a topic is refused; nothing
   *     is left running
   * @throws InterruptedException when interrupted; nothing is left running
   */
  public static Relay start(Settings environment, RelayListener... listeners)
      throws InterruptedException {
    Relay relay = new Relay(RelaySettings.from(environment));
    try {
      log.info("starting with {}", environment);
      relay.start(List.of(listeners));
      return relay;
    } catch (Throwable failure) {
      relay.close();
      throw failure;
    }
  }

  private void start(List<RelayListener> listeners) throws InterruptedException {
    OutboxDatabase database = settings.database().open();
    Topics topics = new Topics(settings.kafka());
    health.readyUnless("topics", topics::notPrepared);
    server.start();
    RelayTopics prepared =
        topics.prepare(settings.eventRules(), settings.cursorRules(), settings.deadLetterRules());
    TopicWatch watch = closer.add(TopicWatch.start(settings.kafka(), prepared));
    health.readyUnless("topics", watch::problem);
    Lanes lanes = lanes(database, prepared.events(), watch, new Listeners(board, listeners));
    lanes
        .clash()
        .ifPresent(
            clash -> {
              throw new BadSettingsException(List.of(clash));
            });
    health.readyUnless("ownership", lanes::notJoined);
    health.liveUnless("ownership", lanes::replaced);
    for (int lane = 0; lane < Slots.COUNT; lane++) {
      int number = lane;
      health.readyUnless("lane " + lane, () -> board.stuck(number, settings.stuckAfter()));
    }
    lanes.start();
    quarantine.open(settings.quarantine(database, prepared)::letPass);
  }

  private Lanes lanes(
      OutboxDatabase database, RelayTopic events, TopicWatch watch, RelayListener listener) {
    SchemaRegistry registry = closer.add(new SchemaRegistry(settings.registry()));
    return closer.add(
        new Lanes(
            settings.kafkaSide(events, watch::problem),
            settings.readers(database, events),
            reader ->
                new EventRecords(
                    events,
                    settings.events().source(),
                    new SchemaIds(reader::schemaJson, registry, events.name() + "-value")),
            settings.pollIntervalMax(),
            listener,
            metrics.registry()));
  }

  @Override
  public Health health() {
    return health;
  }

  /** The port that HTTP is bound to, also when HTTP_PORT is 0. */
  public int httpPort() {
    return server.port();
  }

  /** Settles what is in progress, leaves the group and releases everything. Blocks. */
  @Override
  public void close() {
    closer.close();
  }
}
