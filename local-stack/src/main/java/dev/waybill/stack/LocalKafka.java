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
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;

/**
 * One real KRaft broker, which is its own controller, in a JVM of its own, on 127.0.0.1. Its data
 * stays in its folder. Used by one thread at a time.
 */
public final class LocalKafka implements KafkaServer {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Path folder;
  private final int port;
  private final int controllerPort;
  private final List<Detour> detours;
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

  private LocalKafka(Path folder, int port, List<Detour> detours) {
    this.folder = folder;
    this.port = port;
    this.detours = List.copyOf(detours);
    this.controllerPort = Ports.free();
    this.broker = launch();
  }

  /**
   * Starts a broker; blocks until it answers.
   *
   * @param port 0 for any free one
   */
  public static LocalKafka start(Path folder, int port) {
    return start(folder, port, List.of());
  }

  /** Likewise; the broker can be reached by detours, too. */
  public static LocalKafka start(Path folder, int port, List<Detour> detours) {
    LocalKafka kafka = new LocalKafka(folder, Ports.orFree(port), detours);
    kafka.awaitAnswer();
    return kafka;
  }

  @Override
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
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
            "kafka",
            BrokerMain.class.getName(),
            List.of("-Xms256m", "-Xmx1g", "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError"),
            List.of(file.toString()),
            Map.of(),
            folder.resolveSibling(folder.getFileName() + ".log")));
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "node.id", "1",
            "controller.quorum.voters", "1@127.0.0.1:" + controllerPort,
            "controller.listener.names", "CONTROLLER",
            "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT" + each(way -> way.name + ":PLAINTEXT"),
            "listeners",
                "PLAINTEXT://127.0.0.1:"
                    + port
                    + ",CONTROLLER://127.0.0.1:"
                    + controllerPort
                    + each(way -> way.name + "://127.0.0.1:" + way.port),
            "advertised.listeners",
                "PLAINTEXT://127.0.0.1:"
                    + port
                    + each(way -> way.name + "://127.0.0.1:" + way.advertised),
            "log.dirs", folder.resolve("data").toString(),
            "auto.create.topics.enable", "false",
            "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"));
    properties.putAll(
        Map.of(
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "4",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "transaction.state.log.num.partitions", "4",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1",
            "group.initial.rebalance.delay.ms", "0",
            "group.min.session.timeout.ms", "1000",
            "num.partitions", "1"));
    return properties;
  }

  private String each(Function<Detour, String> text) {
    return detours.stream().map(way -> "," + text.apply(way)).collect(Collectors.joining());
  }

  private void awaitAnswer() {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!answers(port)) {
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
