package dev.waybill.proof.world;

import dev.waybill.proof.edits.Edit;
import dev.waybill.proof.edits.EditedClasses;
import dev.waybill.proof.world.Link.Server;
import dev.waybill.runtime.Closer;
import dev.waybill.stack.LocalKafka;
import dev.waybill.stack.Ports;
import dev.waybill.stack.PostgresServer;
import dev.waybill.stack.Readiness;
import dev.waybill.stack.StackServers;
import dev.waybill.stack.StackService;
import dev.waybill.stack.registry.LocalRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * The servers, and the members that take part. What is done to it is done by one thread; beside
 * that one a {@link Supervisor} starts members again that have ended by themselves.
 *
 * <p>Everything that judges reaches the servers directly, so that an attack on a link blinds nobody
 * but its member.
 */
public final class World implements AutoCloseable {
  private static final Duration READY_LIMIT = Duration.ofSeconds(90);

  /** Long enough for a process to be killed and started again. */
  private static final String SESSION = "4s";

  /** How far relays go back in another history; rows that are older can be pruned. */
  public static final String REWIND = "30s";

  /** A machine on which all of this runs is slow now and then, which is no refusal of A's. */
  private static final Map<String, String> PATIENCE =
      Map.of(
          "DATABASE_POOL_WAIT", "8s",
          "DATABASE_LOCK_TIMEOUT", "8s",
          "DATABASE_STATEMENT_TIMEOUT", "10s");

  private final Path folder;
  private final Path classes;
  private final List<Edit> edits;
  private final Closer closer = new Closer();
  private final Map<Link, List<TcpProxy>> links = new LinkedHashMap<>();
  private final Map<Member, StackService> services = new EnumMap<>(Member.class);
  private final Supervisor supervisor = new Supervisor(services, this::first);
  private final StackServers servers;
  private final Brokers brokers;
  private final int postgresPort = Ports.free();
  private final int registryPort = Ports.free();
  private final RegistryFront front;

  private World(
      Path folder, int brokerCount, List<Edit> edits, Path root, Consumer<String> progress)
      throws IOException {
    this.folder = folder;
    this.edits = Stream.concat(edits().stream(), edits.stream()).toList();
    this.classes = EditedClasses.of(this.edits, root, folder.resolve("edited"));
    try {
      this.servers =
          closer.add(
              StackServers.startAll(
                  () -> Primary.start(folder, postgresPort),
                  () -> Brokers.start(folder, brokerCount, broker -> detours()),
                  () -> LocalRegistry.start(folder.resolve("registry.json"), registryPort)));
      this.brokers = (Brokers) servers.kafka();
      front = closer.add(new RegistryFront(registryPort));
      progress.accept("PostgreSQL, Kafka and a registry answer");
      for (Member member : Member.values()) {
        link(member, Server.POSTGRES, postgresPort);
        link(member, Server.REGISTRY, front.port());
        services.put(member, closer.add(newService(member)));
      }
      services.keySet().forEach(this::start);
      services.values().forEach(one -> one.awaitReady(READY_LIMIT));
      progress.accept("A, two relays and two instances of B are ready");
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  /**
   * Starts everything and waits until each part is ready.
   *
   * @param folder of all that it writes; logs in {@code logs}
   * @param brokerCount 1 or 3
   * @param edits of members' sources, for this world only, beside {@link #edits}
   * @param root of the repository that has these sources
   * @param progress told, in words, what is ready
   * @throws RuntimeException when a part does not start; nothing is left running
   * @throws IOException when its folder cannot be written
   */
  public static World start(
      Path folder, int brokerCount, List<Edit> edits, Path root, Consumer<String> progress)
      throws IOException {
    return new World(folder, brokerCount, edits, root, progress);
  }

  /** To one more broker. */
  private List<LocalKafka.Detour> detours() {
    return Stream.of(Member.values()).filter(Member::isBehindA).map(this::detour).toList();
  }

  private LocalKafka.Detour detour(Member member) {
    int port = Ports.free();
    int advertised = link(member, Server.KAFKA, port).port();
    return new LocalKafka.Detour(member.name(), port, advertised);
  }

  private TcpProxy link(Member from, Server to, int port) {
    TcpProxy proxy = closer.add(new TcpProxy(port));
    links.computeIfAbsent(new Link(from, to), link -> new ArrayList<>()).add(proxy);
    return proxy;
  }

  private StackService newService(Member member) {
    int port = Ports.free();
    Map<String, String> environment = new TreeMap<>();
    environment.put(
        "DATABASE_URL", "jdbc:postgresql://" + addresses(member, Server.POSTGRES) + "/postgres");
    environment.put("DATABASE_USER", PostgresServer.USER);
    environment.put("SCHEMA_REGISTRY_URL", "http://" + addresses(member, Server.REGISTRY));
    if (member == Member.A) {
      environment.putAll(PATIENCE);
    } else {
      environment.put("KAFKA_BOOTSTRAP_SERVERS", addresses(member, Server.KAFKA));
    }
    environment.put(KillPoint.FOLDER, killPoints(member).toString());
    environment.put("RELAY_SESSION_TIMEOUT", SESSION);
    environment.put("RELAY_REWIND", REWIND);
    environment.put("CONSUMER_SESSION_TIMEOUT", SESSION);
    environment.put("CONSUMER_STATE_DIR", state(member).toString());
    environment.put("CONSUMER_ADVERTISED_ADDRESS", "127.0.0.1:" + port);
    return new StackService(
        member.text(), member.main(), port, environment, folder.resolve("logs"));
  }

  private String addresses(Member from, Server to) {
    return proxies(new Link(from, to)).stream()
        .map(proxy -> "127.0.0.1:" + proxy.port())
        .collect(Collectors.joining(","));
  }

  /** Every link, the same order each time. */
  public static List<Link> links() {
    return Stream.of(Member.values())
        .flatMap(
            member ->
                Stream.of(Server.values())
                    .filter(server -> isNeeded(member, server))
                    .map(server -> new Link(member, server)))
        .toList();
  }

  private static boolean isNeeded(Member member, Server server) {
    return switch (server) {
      case POSTGRES -> member == Member.A || member == Member.RELAY_1 || member == Member.RELAY_2;
      case KAFKA, REGISTRY -> member.isBehindA();
    };
  }

  /** Makes the network between a member and a server, or each of several, so from now on. */
  public void set(Link link, TcpProxy.Mode mode) {
    proxies(link).forEach(proxy -> proxy.set(mode));
  }

  private List<TcpProxy> proxies(Link link) {
    return Objects.requireNonNull(links.get(link), link::text);
  }

  /** Of the registry, before all members. */
  public RegistryFront registryFront() {
    return front;
  }

  public Primary postgres() {
    return (Primary) servers.postgres();
  }

  /** Makes the standby the primary, and leads everybody there; blocks until it is. */
  public void promoteStandby() throws SQLException, IOException {
    postgres().promote();
    links.forEach(
        (link, proxies) -> {
          if (link.to() == Server.POSTGRES) {
            proxies.forEach(proxy -> proxy.redirect(postgres().port()));
          }
        });
  }

  public Brokers brokers() {
    return brokers;
  }

  public StackService service(Member member) {
    return Objects.requireNonNull(services.get(member), member::text);
  }

  /** Starts a member's process, unless it runs; returns before it is ready. */
  public void start(Member member) {
    service(member).startUnlessAlive(first(member));
    supervisor.release(member);
  }

  /**
   * From now on members that end by themselves are started again a second later, as an orchestrator
   * does it.
   *
   * @param told of each that was, by another thread
   */
  public void supervise(Consumer<Exit> told) {
    closer.add(supervisor).begin(told);
  }

  /** A member that ends from now on is not started again before {@link #start}. */
  public void leaveDead(Member member) {
    supervisor.leave(member);
  }

  private List<Path> first(Member member) {
    boolean isEdited = edits.stream().anyMatch(edit -> member.runs(edit.module()));
    return isEdited ? List.of(classes) : List.of();
  }

  /** That every world has: kill points, the bug, and clocks. */
  public static List<Edit> edits() {
    return Stream.of(KillPoint.edits(), List.of(Bug.edit()), Clocks.edits())
        .flatMap(List::stream)
        .toList();
  }

  /** Where {@link KillPoint}s look for a file of their name. */
  public Path killPoints(Member member) {
    return folder.resolve("kill-points").resolve(member.text());
  }

  /**
   * Makes a member's clock wrong by this much from now on, also when it is started again; right,
   * when it is zero.
   */
  public void setClock(Member member, Duration offset) throws IOException {
    Clocks.set(killPoints(member), offset);
  }

  /** Where an instance of B keeps its state. */
  public Path state(Member member) {
    return folder.resolve(member.text() + "-state");
  }

  /**
   * One more B, which reads the topic from its beginning into topics and stores of its own, and
   * reaches the servers directly. Blocks until it has read all that is there; the caller's to
   * close.
   *
   * @param name that nobody had before; its topics and its group are called so
   * @param last the offset of the last record of each partition
   * @throws IllegalStateException when it does not come that far in five minutes
   */
  public StackService anotherB(String name, Map<TopicPartition, Long> last)
      throws InterruptedException {
    int port = Ports.free();
    Map<String, String> environment = new TreeMap<>();
    environment.put("SCHEMA_REGISTRY_URL", servers.registry().url());
    environment.put("KAFKA_BOOTSTRAP_SERVERS", brokers.bootstrapServers());
    environment.put("CONSUMER_APPLICATION_ID", name);
    environment.put("CONSUMER_DEAD_LETTER_TOPIC", name + ".dead-letters");
    environment.put("CONSUMER_REPLAY_TOPIC", name + ".replays");
    environment.put("CONSUMER_NOTIFICATION_TOPIC", name + ".notifications");
    environment.put("CONSUMER_STATE_DIR", folder.resolve(name + "-state").toString());
    environment.put("CONSUMER_ADVERTISED_ADDRESS", "127.0.0.1:" + port);
    StackService another =
        closer.add(
            new StackService(name, Member.B_1.main(), port, environment, folder.resolve("logs")));
    another.start(first(Member.B_1));
    another.awaitReady(READY_LIMIT);
    new GroupProgress(brokers.bootstrapServers(), name).awaitRead(last);
    return another;
  }

  public StackServers servers() {
    return servers;
  }

  public Path folder() {
    return folder;
  }

  /**
   * Blocks until all members are ready; one that ends meanwhile is started again.
   *
   * @throws IllegalStateException when one is not in time; with its last words
   */
  public void awaitReady() throws InterruptedException {
    for (StackService one : services.values()) {
      long deadline = System.nanoTime() + READY_LIMIT.toNanos();
      while (!Readiness.of(one.url()).isEmpty()) {
        if (System.nanoTime() > deadline) {
          one.awaitReady(Duration.ZERO);
          break;
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  /** Stops everything, members first; the data stays. */
  @Override
  public void close() {
    closer.close();
  }
}
