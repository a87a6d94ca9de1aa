package dev.waybill.relay;

import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.registry.SchemaRegistry;
import dev.waybill.registry.SchemaRegistryConfig;
import dev.waybill.relay.lane.Lanes;
import dev.waybill.relay.source.OutboxCatalog;
import dev.waybill.relay.source.OutboxConnections;
import dev.waybill.relay.source.OutboxReader;
import dev.waybill.relay.topic.EventRecords;
import dev.waybill.relay.topic.SchemaIds;
import dev.waybill.relay.topic.TopicRules;
import dev.waybill.relay.topic.Topics;
import dev.waybill.runtime.Closer;
import dev.waybill.runtime.Health;
import dev.waybill.runtime.Metrics;
import dev.waybill.runtime.ServiceServer;
import dev.waybill.runtime.Settings;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The composition root: builds the relay from its settings, starts it, and closes it in reverse.
 */
public final class Relay implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Relay.class);

  private final Closer closer = new Closer();

  private Relay() {}

  /**
   * Starts a relay: the HTTP server first, then, once Kafka is there, the lanes.
   *
   * @param listeners told of what happens in the lanes, after log and metrics
   * @throws dev.waybill.runtime.BadSettingsException when a setting or a topic is refused; nothing
   *     is left running
   */
  public static Relay start(Settings environment, RelayListener... listeners)
      throws InterruptedException {
    RelaySettings settings = RelaySettings.from(environment);
    Relay relay = new Relay();
    try {
      relay.build(settings, List.of(listeners));
      return relay;
    } catch (RuntimeException | InterruptedException failure) {
      relay.close();
      throw failure;
    }
  }

  private void build(RelaySettings settings, List<RelayListener> listeners)
      throws InterruptedException {
    log.info("starting with {}", settings);
    Metrics metrics = closer.add(new Metrics());
    LaneBoard board = new LaneBoard(settings.lanes(), metrics.registry(), Clock.systemUTC());
    HikariDataSource database =
        closer.add(
            OutboxConnections.open(
                settings.database().url(),
                settings.database().user(),
                settings.database().password(),
                settings.lanes(),
                metrics.registry()));
    OutboxCatalog catalog = new OutboxCatalog(database);
    OutboxReader reader =
        new OutboxReader(database, settings.page(), settings.rewind(), Clock.systemUTC());
    EventRecords events =
        new EventRecords(
            settings.events().topic(),
            settings.events().source(),
            new SchemaIds(catalog, registry(settings), settings.events().topic() + "-value"));
    Lanes lanes =
        new Lanes(
            settings.name(),
            settings.cursorTopic(),
            settings.kafka(),
            reader,
            events,
            settings.pollIntervalMax(),
            new Listeners(board, listeners),
            producer -> observe(producer, metrics));
    LaneCheck laneCheck = closer.add(new LaneCheck(catalog, settings.lanes()));
    Health health = health(settings, board, lanes, laneCheck);
    closer.add(new ServiceServer(settings.http(), health, metrics.registry(), http -> {})).start();
    laneCheck.start();
    new Topics(settings.kafka()).prepare(topics(settings));
    closer.add(lanes).start();
  }

  private SchemaRegistry registry(RelaySettings settings) {
    return closer.add(
        new SchemaRegistry(
            SchemaRegistryConfig.of(settings.registry().url())
                .withUserInfo(settings.registry().userInfo())));
  }

  private void observe(KafkaProducer<?, ?> producer, Metrics metrics) {
    KafkaClientMetrics clientMetrics = new KafkaClientMetrics(producer);
    clientMetrics.bindTo(metrics.registry());
  }

  private static List<TopicRules> topics(RelaySettings settings) {
    RelaySettings.Events events = settings.events();
    return List.of(
        TopicRules.events(
            events.topic(),
            events.partitions(),
            events.replicationFactor(),
            events.compactionLag()),
        TopicRules.cursors(settings.cursorTopic(), settings.lanes(), events.replicationFactor()));
  }

  private static Health health(
      RelaySettings settings, LaneBoard board, Lanes lanes, LaneCheck laneCheck) {
    Health health = new Health();
    health.readyUnless(
        "ownership",
        () ->
            lanes.joined()
                ? Optional.empty()
                : Optional.of("not yet a member of the group that shares the lanes"));
    health.readyUnless("lanes", laneCheck::problem);
    for (int lane = 0; lane < settings.lanes(); lane++) {
      int number = lane;
      health.readyUnless("lane " + lane, () -> board.stuck(number, settings.stuckAfter()));
    }
    return health;
  }

  /** Settles what is in progress, leaves the group and releases everything. Blocks. */
  @Override
  public void close() {
    closer.close();
  }
}
