package dev.waybill.stack;

import dev.waybill.console.ConsoleService;
import dev.waybill.consumer.ConsumerService;
import dev.waybill.producer.ProducerService;
import dev.waybill.relay.OutboxRelay;
import dev.waybill.runtime.Closer;
import dev.waybill.stack.registry.RegistryServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The whole path on this machine: PostgreSQL, Kafka and the registry, and the three services as
 * processes of their own. Everything it writes is in its folder, logs in {@code logs}.
 */
public final class LocalStack implements AutoCloseable {
  private static final Duration READY_LIMIT = Duration.ofSeconds(90);

  /** Long enough for a process to be killed and started again. */
  private static final String SESSION = "4s";

  private final StackLayout layout;
  private final Consumer<String> progress;
  private final Closer closer = new Closer();
  private final StackServers servers;
  private final StackService producer;
  private final StackService relay;
  private final StackService consumer;
  private final String token;

  private LocalStack(StackServers servers, StackLayout layout, Consumer<String> progress) {
    this.layout = layout;
    this.progress = progress;
    this.servers = closer.add(servers);
    this.token = Token.in(layout.folder());
    try {
      progress.accept("PostgreSQL answers at " + postgres().jdbcUrl());
      progress.accept("Kafka answers at " + kafka().bootstrapServers());
      progress.accept("the schema registry answers at " + registry().url());
      this.producer = service("producer-service", ProducerService.class, layout.producer());
      this.relay = service("outbox-relay", OutboxRelay.class, layout.relay());
      this.consumer = service("consumer-service", ConsumerService.class, layout.consumer());
      services().forEach(StackService::start);
      services().forEach(this::awaitReady);
    } catch (RuntimeException failure) {
      closer.close();
      throw failure;
    }
  }

  /**
   * Starts everything and waits until each part is ready.
   *
   * @param progress told, in words, of each part that is ready
   * @throws RuntimeException when a part does not start; nothing is left running
   */
  public static LocalStack start(StackLayout layout, Consumer<String> progress) {
    return start(StackServers.embedded(layout, Map.of()), layout, progress);
  }

  /**
   * Starts the services on servers that run already, and waits until each is ready. The servers are
   * closed with the stack, and when it does not start.
   *
   * @param layout whose ports of servers are not looked at
   * @param progress told, in words, of each part that is ready
   * @throws RuntimeException when a service does not start; nothing is left running
   */
  public static LocalStack start(
      StackServers servers, StackLayout layout, Consumer<String> progress) {
    return new LocalStack(servers, layout, progress);
  }

  private StackService service(String name, Class<?> main, int port) {
    return closer.add(
        new StackService(name, main, port, environment(port), layout.folder().resolve("logs")));
  }

  /**
   * One more relay, which shares the lanes: started, not yet ready, on a port of its own; the
   * caller's to close.
   */
  public StackService anotherRelay(Path itsFolder) {
    return another("another-relay", OutboxRelay.class, itsFolder);
  }

  /** One more instance of B, likewise, with a state of its own. */
  public StackService anotherConsumer(Path itsFolder) {
    return another("another-consumer", ConsumerService.class, itsFolder);
  }

  private StackService another(String name, Class<?> main, Path itsFolder) {
    int port = Ports.free();
    Map<String, String> environment = new HashMap<>(environment(port));
    environment.put("CONSUMER_STATE_DIR", itsFolder.resolve("state").toString());
    StackService service = new StackService(name, main, port, environment, itsFolder);
    service.start();
    return service;
  }

  /** What a service that listens on this port is told. */
  private Map<String, String> environment(int port) {
    return Map.ofEntries(
        Map.entry("DATABASE_URL", postgres().jdbcUrl()),
        Map.entry("DATABASE_USER", PostgresServer.USER),
        Map.entry("KAFKA_BOOTSTRAP_SERVERS", kafka().bootstrapServers()),
        Map.entry("SCHEMA_REGISTRY_URL", registry().url()),
        Map.entry("RELAY_SESSION_TIMEOUT", SESSION),
        Map.entry("RELAY_ACTION_TOKEN", token),
        Map.entry("CONSUMER_SESSION_TIMEOUT", SESSION),
        Map.entry("CONSUMER_STATE_DIR", layout.folder().resolve("consumer-state").toString()),
        Map.entry("CONSUMER_ADVERTISED_ADDRESS", "127.0.0.1:" + port),
        Map.entry("CONSOLE_RELAYS", "http://127.0.0.1:" + layout.relay()),
        Map.entry("CONSOLE_CONSUMERS", "http://127.0.0.1:" + layout.consumer()),
        Map.entry("CONSOLE_RELAY_TOKEN", token),
        Map.entry("CONSOLE_PAYLOADS", "full"),
        Map.entry("CONSOLE_TOKEN", token));
  }

  private void awaitReady(StackService service) {
    service.awaitReady(READY_LIMIT);
    progress.accept(service.name() + " is ready at " + service.url());
  }

  public PostgresServer postgres() {
    return servers.postgres();
  }

  public KafkaServer kafka() {
    return servers.kafka();
  }

  public RegistryServer registry() {
    return servers.registry();
  }

  public StackService producer() {
    return producer;
  }

  public StackService relay() {
    return relay;
  }

  public StackService consumer() {
    return consumer;
  }

  /** With which the console lets people act, and the relay the console. */
  public String token() {
    return token;
  }

  /** What the console, or one of its commands, is told. */
  public Map<String, String> consoleEnvironment() {
    return environment(layout.console());
  }

  /** The three services, in the order of an event's path. */
  public List<StackService> services() {
    return List.of(producer, relay, consumer);
  }

  /**
   * Starts the console of this stack, and waits until it is ready; closed with the stack.
   *
   * @throws IllegalStateException when it does not start
   */
  public StackService startConsole() {
    StackService console = service("console", ConsoleService.class, layout.console());
    console.start();
    awaitReady(console);
    return console;
  }

  /** Stops everything in reverse; the data stays. */
  @Override
  public void close() {
    closer.close();
  }
}
