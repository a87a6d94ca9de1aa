package dev.waybill.proof.lab;

import dev.waybill.proof.Names;
import dev.waybill.proof.lab.Variant.Part;
import dev.waybill.proof.lab.process.LabA;
import dev.waybill.proof.lab.process.LabB;
import dev.waybill.proof.lab.process.LabRecognisingB;
import dev.waybill.proof.lab.process.LabWorker;
import dev.waybill.proof.lab.process.Place;
import dev.waybill.proof.world.TcpProxy;
import dev.waybill.relay.OutboxRelay;
import dev.waybill.runtime.Closer;
import dev.waybill.stack.Ports;
import dev.waybill.stack.PostgresServer;
import dev.waybill.stack.StackService;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** The processes of one pattern, its database, and the networks between them. */
final class Party implements AutoCloseable {
  private static final Duration READY_LIMIT = Duration.ofSeconds(90);
  private static final int PARTITIONS = 4;

  /** Whoever may be a process of a pattern. */
  enum Role {
    A,
    WORKER,
    RELAY,
    B,
    RECOGNISING_B;

    String text() {
      return Names.of(this);
    }
  }

  private final Variant variant;
  private final Path folder;
  private final LabServers servers;
  private final Closer closer = new Closer();
  private final TcpProxy toPostgres;
  private final TcpProxy toB;
  private final Store store;
  private final Map<Role, StackService> processes = new EnumMap<>(Role.class);
  private boolean closed;

  /** Creates its database; nothing runs yet. */
  Party(LabServers servers, Variant variant, Path folder, List<String> accounts)
      throws SQLException {
    this.variant = variant;
    this.folder = folder;
    this.servers = servers;
    this.store = closer.add(Store.create(servers.postgres(), variant, accounts));
    this.toPostgres = closer.add(new TcpProxy(servers.postgresPort()));
    int portOfB = Ports.free();
    this.toB = closer.add(new TcpProxy(portOfB));
    add(Role.B, LabB.class, portOfB);
    if (variant.has(Part.RELAY)) {
      add(Role.RECOGNISING_B, LabRecognisingB.class, Ports.free());
      add(Role.RELAY, OutboxRelay.class, Ports.free());
    }
    if (variant.has(Part.WORKER)) {
      add(Role.WORKER, LabWorker.class, Ports.free());
    }
    add(Role.A, LabA.class, Ports.free());
  }

  /** Creates its topics, and starts its processes; they are not ready yet. */
  void begin() throws InterruptedException {
    try {
      createTopics();
      // The relay creates its topic, which B reads.
      Stream.of(Role.A, Role.RELAY, Role.WORKER).forEach(this::start);
      if (variant.has(Part.RELAY)) {
        process(Role.RELAY).awaitReady(READY_LIMIT);
      }
      Stream.of(Role.B, Role.RECOGNISING_B).forEach(this::start);
    } catch (RuntimeException | InterruptedException failure) {
      close();
      throw failure;
    }
  }

  private void add(Role role, Class<?> main, int port) {
    boolean isB = role == Role.B || role == Role.RECOGNISING_B;
    Place place =
        new Place(
            variant.text(),
            signals(role),
            url(isB ? servers.postgresPort() : toPostgres.port()),
            URI.create("http://127.0.0.1:" + toB.port() + "/told"),
            kafka(),
            topic());
    Map<String, String> environment = new TreeMap<>(place.environment());
    if (role == Role.RELAY) {
      environment.putAll(relay());
    }
    processes.put(role, closer.add(new StackService(role.text(), main, port, environment, logs())));
  }

  private Map<String, String> relay() {
    return Map.of(
        "DATABASE_URL", url(toPostgres.port()),
        "DATABASE_USER", PostgresServer.USER,
        "KAFKA_BOOTSTRAP_SERVERS", kafka(),
        "SCHEMA_REGISTRY_URL", servers.registry(),
        "RELAY_NAME", "lab",
        "RELAY_SOURCE", "/lab",
        "RELAY_TOPIC", topic(),
        "RELAY_TOPIC_PARTITIONS", String.valueOf(PARTITIONS),
        "RELAY_SESSION_TIMEOUT", "2s");
  }

  private String url(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + variant.identifier();
  }

  private String kafka() {
    return variant.has(Part.KAFKA) ? "127.0.0.1:" + servers.toKafka(variant).port() : "none";
  }

  private Path logs() {
    return folder.resolve("logs");
  }

  String topic() {
    return variant.identifier();
  }

  /** Where recognised effects go, where they go to Kafka. */
  String effects() {
    return topic() + ".effects";
  }

  private void createTopics() throws InterruptedException {
    if (!variant.has(Part.KAFKA)) {
      return;
    }
    List<String> names =
        variant.has(Part.RELAY) ? List.of(effects(), topic() + ".dead-letters") : List.of(topic());
    Map<String, Object> config =
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers.kafka());
    try (Admin admin = Admin.create(config)) {
      admin
          .createTopics(
              names.stream().map(name -> new NewTopic(name, PARTITIONS, (short) 1)).toList())
          .all()
          .get();
    } catch (ExecutionException failure) {
      throw new IllegalStateException("no topics for " + variant.text(), failure);
    }
  }

  Variant variant() {
    return variant;
  }

  Store store() {
    return store;
  }

  /** Where a process has its steps. */
  Path signals(Role role) {
    return folder.resolve(role.text());
  }

  boolean has(Role role) {
    return processes.containsKey(role);
  }

  List<Role> roles() {
    return List.copyOf(processes.keySet());
  }

  StackService process(Role role) {
    return Objects.requireNonNull(processes.get(role), role::text);
  }

  /**
   * Starts it, if the pattern has it and it does not run; returns before it is ready.
   *
   * @throws IllegalStateException when the party is closed; nothing was started
   */
  synchronized void start(Role role) {
    if (closed) {
      throw new IllegalStateException(variant.text() + " is closed");
    }
    StackService process = processes.get(role);
    if (process != null && !process.isAlive()) {
      process.start();
    }
  }

  /** Starts what does not run, and blocks until all are ready. */
  void awaitReady() {
    processes.keySet().forEach(this::start);
    processes.values().forEach(process -> process.awaitReady(READY_LIMIT));
  }

  TcpProxy toPostgres() {
    return toPostgres;
  }

  TcpProxy toB() {
    return toB;
  }

  TcpProxy toKafka() {
    return servers.toKafka(variant);
  }

  /** For whoever watches. */
  String kafkaDirectly() {
    return servers.kafka();
  }

  String url() {
    return process(Role.A).url();
  }

  @Override
  public String toString() {
    return variant.text()
        + " with "
        + processes.keySet().stream().map(Role::text).collect(Collectors.joining(", "));
  }

  /** Stops its processes; nobody can start them again. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    closer.close();
  }
}
