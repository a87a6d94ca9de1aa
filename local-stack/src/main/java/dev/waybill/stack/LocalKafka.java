package dev.waybill.stack;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/**
 * One real KRaft broker, which is a controller, too, in a JVM of its own, on 127.0.0.1: alone, or
 * one of several. Its data stays in its folder. Used by one thread at a time.
 */
public final class LocalKafka implements KafkaServer {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Path folder;
  private final Node node;
  private ChildJvm broker;

  /**
   * One more way to the broker, on which it tells clients that it is elsewhere: at a proxy, so that
   * they stay on the way.
   *
   * @param name of the listener, capital letters and underscores
   * @param port that the broker listens on
   * @param advertised port that clients are told
   */
  public record Detour(String name, int port, int advertised) {}

  /**
   * A broker among those of its cluster.
   *
   * @param id from 1 to the number of brokers
   * @param port that it listens on
   * @param controllers the ports of all controllers, that of broker 1 first
   * @param clusterId of all of them
   */
  public record Node(
      int id, int port, List<Integer> controllers, String clusterId, List<Detour> detours) {
    public Node {
      controllers = List.copyOf(controllers);
      detours = List.copyOf(detours);
    }
  }

  private LocalKafka(Path folder, Node node) {
    this.folder = folder;
    this.node = node;
    this.broker = launch();
  }

  /**
   * Starts a broker that is alone; blocks until it answers.
   *
   * @param port 0 for any free one
   */
  public static LocalKafka start(Path folder, int port) {
    LocalKafka kafka =
        new LocalKafka(
            folder,
            new Node(
                1,
                Ports.orFree(port),
                List.of(Ports.free()),
                Uuid.randomUuid().toString(),
                List.of()));
    kafka.awaitAnswer();
    return kafka;
  }

  /** Starts one of several, which need each other to answer. */
  public static LocalKafka begin(Path folder, Node node) {
    return new LocalKafka(folder, node);
  }

  @Override
  public String bootstrapServers() {
    return "127.0.0.1:" + node.port;
  }

  /** The CPU time that the broker has used since it was started. */
  public Duration cpuTime() {
    return broker.cpuTime();
  }

  @Override
  public void kill() {
    broker.kill();
  }

  @Override
  public void start() {
    broker = launch();
    awaitAnswer();
  }

  @Override
  public void stop() {
    broker.close();
  }

  /** As {@link #stop}. */
  @Override
  public void close() {
    stop();
  }

  private ChildJvm launch() {
    Path file = folder.resolve("server.properties");
    try {
      Files.createDirectories(folder);
      try (OutputStream bytes = Files.newOutputStream(file)) { // Kafka reads Latin-1, and \\u….
        properties().store(bytes, "written at each start");
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return ChildJvm.start(
        new JvmCommand(
            String.valueOf(folder.getFileName()),
            BrokerMain.class.getName(),
            List.of("-Xms256m", "-Xmx1g", "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError"),
            List.of(file.toString()),
            Map.of(),
            folder.resolveSibling(folder.getFileName() + ".log")));
  }

  private Properties properties() {
    String brokers = Integer.toString(node.controllers.size());
    String enough = Integer.toString(node.controllers.size() / 2 + 1);
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "process.roles",
            "broker,controller",
            "node.id",
            Integer.toString(node.id),
            BrokerMain.CLUSTER_ID,
            node.clusterId,
            "controller.quorum.voters",
            voters(),
            "controller.listener.names",
            "CONTROLLER",
            "listener.security.protocol.map",
            "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT" + each(way -> way.name + ":PLAINTEXT"),
            "listeners",
            "PLAINTEXT://127.0.0.1:"
                + node.port
                + ",CONTROLLER://127.0.0.1:"
                + node.controllers.get(node.id - 1)
                + each(way -> way.name + "://127.0.0.1:" + way.port),
            "advertised.listeners",
            "PLAINTEXT://127.0.0.1:"
                + node.port
                + each(way -> way.name + "://127.0.0.1:" + way.advertised),
            "log.dirs",
            folder.resolve("data").toString(),
            "auto.create.topics.enable",
            "false"));
    properties.putAll(
        Map.of(
            "default.replication.factor", brokers,
            "min.insync.replicas", enough,
            "offsets.topic.replication.factor", brokers,
            "offsets.topic.num.partitions", "4",
            "transaction.state.log.replication.factor", brokers,
            "transaction.state.log.min.isr", enough,
            "transaction.state.log.num.partitions", "4",
            "share.coordinator.state.topic.replication.factor", brokers,
            "share.coordinator.state.topic.min.isr", enough));
    properties.putAll(
        Map.of(
            "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000",
            "group.initial.rebalance.delay.ms", "0",
            "group.min.session.timeout.ms", "1000",
            "num.partitions", "1"));
    return properties;
  }

  private String voters() {
    return IntStream.rangeClosed(1, node.controllers.size())
        .mapToObj(id -> id + "@127.0.0.1:" + node.controllers.get(id - 1))
        .collect(Collectors.joining(","));
  }

  private String each(Function<Detour, String> text) {
    return node.detours.stream().map(way -> "," + text.apply(way)).collect(Collectors.joining());
  }

  /**
   * Blocks until the broker answers.
   *
   * @throws IllegalStateException when it does not in time; with its last words
   */
  public void awaitAnswer() {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!answers(node.port)) {
      if (!broker.isAlive() || System.nanoTime() > deadline) {
        broker.kill();
        throw new IllegalStateException("Kafka did not start:\n" + broker.lastWords());
      }
    }
  }

  /** Whether a broker at that port of 127.0.0.1 answers; takes some seconds at most. */
  public static boolean answers(int port) {
    if (Ports.isFree(port)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      return false;
    }
    Map<String, Object> config =
        Map.of(
            CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + port,
            CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 2_000,
            CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 2_000);
    try (Admin admin = Admin.create(config)) {
      return !admin.describeCluster().nodes().get(3, TimeUnit.SECONDS).isEmpty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Kafka was starting", interrupted);
    } catch (ExecutionException | TimeoutException notYet) {
      return false;
    }
  }
}
