package dev.waybill.bench;

import dev.waybill.outbox.OutboxMigration;
import dev.waybill.stack.LeftBehind;
import dev.waybill.stack.LocalKafka;
import dev.waybill.stack.LocalPostgres;
import dev.waybill.stack.PidFile;
import dev.waybill.stack.PostgresServer;
import dev.waybill.stack.registry.LocalRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The servers that everything is measured on: PostgreSQL as durable as an installed one, one
 * broker, a registry. Measurements keep apart by the names of their databases and topics.
 */
final class Stage implements AutoCloseable {
  /** What the relay creates its topic with, unless it is told otherwise. */
  static final int PARTITIONS = 6;

  private final Path folder;
  private final Scale scale;
  private final Progress progress;
  private final LocalPostgres postgres;
  private final LocalKafka kafka;
  private final LocalRegistry registry;

  private Stage(
      Path folder,
      Scale scale,
      Progress progress,
      LocalPostgres postgres,
      LocalKafka kafka,
      LocalRegistry registry) {
    this.folder = folder;
    this.scale = scale;
    this.progress = progress;
    this.postgres = postgres;
    this.kafka = kafka;
    this.registry = registry;
  }

  /**
   * Empties the folder and starts the servers there; blocks until they answer.
   *
   * @param logical whether PostgreSQL's log can be decoded, which makes it longer
   */
  static Stage open(Path folder, Scale scale, Progress progress, boolean logical)
      throws IOException {
    LeftBehind.stop(folder);
    empty(folder);
    progress.say("starting PostgreSQL, Kafka and a registry in %s", folder);
    return new Stage(
        folder,
        scale,
        progress,
        LocalPostgres.start(
            folder.resolve("postgres"),
            0,
            Map.of("max_wal_size", "4GB", "wal_level", logical ? "logical" : "replica")),
        LocalKafka.start(folder.resolve("kafka"), 0),
        LocalRegistry.start(folder.resolve("registry.json"), 0));
  }

  private static void empty(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(folder);
  }

  Path folder() {
    return folder;
  }

  Scale scale() {
    return scale;
  }

  Progress progress() {
    return progress;
  }

  String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  String registryUrl() {
    return registry.url();
  }

  /** Of the mover with that process id. */
  Meter meter(long mover, DoubleSupplier commits) {
    return new Meter(mover, brokerPid(), postgresPid(), commits);
  }

  long brokerPid() {
    return pid(PidFile.beside(folder.resolve("kafka.log")));
  }

  long postgresPid() {
    return pid(folder.resolve("postgres").resolve("postmaster.pid"));
  }

  private static long pid(Path file) {
    return PidFile.running(file)
        .orElseThrow(() -> new IllegalStateException("no process of " + file + " is running"))
        .pid();
  }

  /** Creates an empty database with the outbox in it. */
  Database newDatabase(String name) throws Exception {
    try (var connection = postgres.dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + statement.enquoteIdentifier(name, false));
    }
    String url = postgres.jdbcUrl(name);
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    source.setUser(PostgresServer.USER);
    Flyway.configure()
        .dataSource(source)
        .locations(OutboxMigration.LOCATION)
        .table(OutboxMigration.HISTORY_TABLE)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
    return new Database(name, url, source);
  }

  /** The databases that exist, but for templates. */
  List<String> databases() throws SQLException {
    try (var connection = postgres.dataSource().getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery("SELECT datname FROM pg_database WHERE NOT datistemplate")) {
      List<String> names = new ArrayList<>();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    }
  }

  /** Removes a database, so that the disk is not full of what was measured before. */
  void drop(Database database) throws Exception {
    try (var connection = postgres.dataSource().getConnection();
        var statement = connection.createStatement()) {
      String name = statement.enquoteIdentifier(database.name(), false);
      statement.execute("DROP DATABASE " + name + " WITH (FORCE)");
    }
  }

  /** Creates a topic as the relay creates its own. */
  void newTopic(String name) throws ExecutionException, InterruptedException {
    create(name, Map.of("cleanup.policy", "compact", "min.compaction.lag.ms", "604800000"));
  }

  /** Creates a topic that takes records without a key. */
  void newTopicWithoutKeys(String name) throws ExecutionException, InterruptedException {
    create(name, Map.of("cleanup.policy", "delete"));
  }

  private void create(String name, Map<String, String> config)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      NewTopic topic = new NewTopic(name, PARTITIONS, (short) 1).configs(config);
      admin.createTopics(List.of(topic)).all().get();
    }
  }

  /** Deletes the topic and those whose names go on with a dot or a hyphen. */
  void deleteTopicsOf(String name) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      List<String> own =
          admin.listTopics().names().get().stream()
              .filter(
                  topic ->
                      topic.equals(name)
                          || topic.startsWith(name + ".")
                          || topic.startsWith(name + "-"))
              .toList();
      admin.deleteTopics(own).all().get();
    }
  }

  /** The environment of a relay that publishes the database's outbox to a topic of that name. */
  Map<String, String> relayEnvironment(Database database, String topic) {
    Map<String, String> environment = new TreeMap<>();
    environment.put("DATABASE_URL", database.url());
    environment.put("DATABASE_USER", PostgresServer.USER);
    environment.put("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers());
    environment.put("SCHEMA_REGISTRY_URL", registry.url());
    environment.put("RELAY_NAME", topic);
    environment.put("RELAY_TOPIC", topic);
    environment.put("RELAY_CURSOR_TOPIC", topic + ".cursors");
    environment.put("HTTP_HOST", "127.0.0.1");
    environment.put("HTTP_PORT", "0");
    return environment;
  }

  /** Stops also what measurements have running. */
  void abandon() {
    LeftBehind.stop(folder);
    close();
  }

  /** Stops the servers; may be called twice. */
  @Override
  public synchronized void close() {
    registry.close();
    kafka.close();
    postgres.close();
  }
}
