package dev.waybill.consumer;

import dev.waybill.consumer.belongings.Belongings;
import dev.waybill.consumer.belongings.StartCheck;
import dev.waybill.consumer.belongings.UnusableOffsets;
import dev.waybill.consumer.belongings.Watch;
import dev.waybill.consumer.http.KafkaStores;
import dev.waybill.consumer.http.QueryRoutes;
import dev.waybill.consumer.lag.LagMonitor;
import dev.waybill.consumer.lag.OldestUnapplied;
import dev.waybill.consumer.letters.DeadLetters;
import dev.waybill.consumer.orders.OrderFormat;
import dev.waybill.consumer.orders.OrderTopology;
import dev.waybill.consumer.streams.Failures;
import dev.waybill.consumer.streams.OwnEnds;
import dev.waybill.consumer.streams.RocksMemory;
import dev.waybill.consumer.streams.RunningStreams;
import dev.waybill.consumer.streams.StreamsState;
import dev.waybill.consumer.topics.SourceTopic;
import dev.waybill.consumer.topics.Topics;
import dev.waybill.deduplication.Deduplication;
import dev.waybill.deduplication.DeduplicationSettings;
import dev.waybill.deduplication.Outages;
import dev.waybill.deduplication.Placement;
import dev.waybill.orders.OrderEvent;
import dev.waybill.registry.RegistryException;
import dev.waybill.registry.SchemaRegistry;
import dev.waybill.runtime.Closer;
import dev.waybill.runtime.Health;
import dev.waybill.runtime.Metrics;
import dev.waybill.runtime.Service;
import dev.waybill.runtime.ServiceServer;
import dev.waybill.runtime.Settings;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The composition root: builds B from its settings, starts it, and closes it in reverse. */
public final class Consumer implements Service {
  private static final Logger log = LoggerFactory.getLogger(Consumer.class);

  private final Clock clock = Clock.systemUTC();
  private final Closer closer = new Closer();
  private final Health health = new Health();
  private final AtomicReference<Optional<String>> waiting =
      new AtomicReference<>(Optional.of("preparing the topics"));
  private int httpPort;

  private Consumer() {}

  /**
   * Starts B: the HTTP server first, then, once Kafka and the topic of the events are there, the
   * topology. Blocks until then; an interrupt ends it.
   *
   * @throws dev.waybill.runtime.BadSettingsException when a setting or a topic is refused; nothing
   *     is left running
   */
  public static Consumer start(Settings environment) throws InterruptedException {
    ConsumerSettings settings = ConsumerSettings.from(environment);
    Consumer consumer = new Consumer();
    try {
      log.info("starting with {}", environment);
      consumer.build(settings);
      return consumer;
    } catch (Throwable failure) {
      consumer.close();
      throw failure;
    }
  }

  /** Where it answers, also when the settings asked for any free port. */
  public int httpPort() {
    return httpPort;
  }

  private void build(ConsumerSettings settings) throws InterruptedException {
    Metrics metrics = closer.add(new Metrics());
    ConsumerMeters meters = new ConsumerMeters(metrics.registry());
    SchemaRegistry registry = closer.add(new SchemaRegistry(settings.registry().config()));
    Deserializer<?> values =
        closer.add(settings.valueDeserializer().open(registry, settings.registry()));
    Failures failures = new Failures();
    ConsumerSettings.Topics names = settings.topics();
    DeduplicationSettings recognising =
        new DeduplicationSettings(
                "orders", names.events(), names.deadLetters(), settings.idRetention())
            .withReplays(names.replays());
    KafkaStores stores = new KafkaStores(recognising);
    QueryRoutes queries = new QueryRoutes(stores, names.events(), names.replays());
    DeadLetters letters = closer.add(new DeadLetters(clock));
    StreamsState state = new StreamsState();
    addChecks(state, failures);
    ServiceServer server =
        closer.add(
            new ServiceServer(
                settings.http(),
                health,
                metrics.registry(),
                routes -> {
                  queries.addTo(routes);
                  letters.addTo(routes);
                }));
    server.start();
    httpPort = server.port();
    HostInfo self = Advertised.address(settings.advertised(), settings.http().host(), httpPort);
    Topics kafka = kafka(settings);
    SourceTopic source = kafka.await(names.events(), settings.idRetention());
    Deduplication<OrderEvent> deduplication =
        new Deduplication<>(
            recognising
                .withLargestLetter(source.largestLetter())
                .withPlacement(placement(names, source)),
            new OrderFormat(values, source.largestValue()),
            (decision, key, record) -> {
              meters.decided(decision);
              failures.progressed();
            },
            failure -> Outages.isOutage(failure) || RegistryException.isCauseOf(failure));
    Supplier<Topology> topology =
        () ->
            OrderTopology.build(
                deduplication,
                registry,
                names.notifications(),
                meters::applied,
                meters::deltaDropped);
    Belongings own = belongings(settings, recognising, topology.get());
    UnusableOffsets unusable = new UnusableOffsets(settings.applicationId(), metrics.registry());
    kafka.verify(new StartCheck(own, unusable, settings.kafka()));
    kafka.prepare(
        source,
        names.deadLetters(),
        names.deadLetterRetention(),
        names.replays(),
        names.notifications());
    kafka.enlarge(own.internal(), source);
    waiting.set(Optional.empty());
    RocksMemory memory = closer.add(new RocksMemory(settings.streams().rocksBytes()));
    OwnEnds ends =
        closer.add(new OwnEnds(settings.kafka(), settings.applicationId(), own.written()));
    health.readyUnless("transactions", ends::notEnded);
    Properties properties =
        settings
            .streamsProperties(
                self, source.largestRecord(), source.largestBatch(), deduplication.streamsConfig())
            .with(memory);
    RunningStreams running =
        closer.add(
            new RunningStreams(
                () -> RunningStreams.of(topology.get(), properties, failures, ends),
                settings.instance() != null,
                state,
                failures,
                metrics.registry()));
    LagMonitor lag = closer.add(lag(settings, own, source, stores));
    health.readyUnless("lag", lag::stuck);
    Watch watch = closer.add(new Watch(own, source.partitions(), unusable, settings.kafka()));
    health.readyUnless("belongings", watch::notReady);
    health.liveUnless("belongings", watch::fatal);
    running.start(streams -> stores.open(streams, self, running::restoreAfter));
    lag.start(metrics.registry());
    letters.start(
        names.deadLetters(),
        settings.applicationId(),
        settings.kafka(),
        queries::applied,
        metrics.registry());
    watch.start();
    ends.start();
  }

  private Topics kafka(ConsumerSettings settings) {
    return new Topics(
        settings.kafka(),
        settings.streams().replicationFactor(),
        reason -> waiting.set(Optional.of(reason)));
  }

  private static Placement placement(ConsumerSettings.Topics topics, SourceTopic source) {
    return topics.ownPartitioner() ? Placement.ANY : Placement.murmur2(source.partitions());
  }

  @Override
  public Health health() {
    return health;
  }

  private void addChecks(StreamsState state, Failures failures) {
    health.readyUnless("topics", waiting::get);
    health.readyUnless("streams", state::notRunning);
    health.readyUnless("failures", failures::trouble);
    health.liveUnless("failures", failures::fatal);
  }

  private static Belongings belongings(
      ConsumerSettings settings, DeduplicationSettings deduplication, Topology topology) {
    return Belongings.of(
        settings.applicationId(),
        settings.topics().events(),
        topology,
        new Belongings.Stores(
            deduplication.versionStore(),
            OrderTopology.CUSTOMERS,
            OrderTopology.DELTAS,
            List.of(OrderTopology.ORDERS, deduplication.idStore())),
        settings.streams().stateDirectory(),
        "streams".equals(settings.kafka().get(StreamsConfig.GROUP_PROTOCOL_CONFIG)));
  }

  private LagMonitor lag(
      ConsumerSettings settings, Belongings own, SourceTopic source, KafkaStores stores) {
    return new LagMonitor(
        source,
        new OldestUnapplied(settings.applicationId(), own.sources(), settings.kafka()),
        stores::elsewhere,
        settings.stuckAfter(),
        clock);
  }

  /** Commits what is applied, leaves the group and releases everything. Blocks. */
  @Override
  public void close() {
    closer.close();
  }
}
