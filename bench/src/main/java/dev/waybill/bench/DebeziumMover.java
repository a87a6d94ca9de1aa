package dev.waybill.bench;

import dev.waybill.stack.ChildJvm;
import dev.waybill.stack.JvmCommand;
import dev.waybill.stack.Ports;
import dev.waybill.stack.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * Debezium Server with its outbox event router: PostgreSQL's log by pgoutput, key and payload as
 * they are, at least once. Tuned for this: small waits, large batches, two threads that keep the
 * order.
 *
 * @param folder of the unpacked distribution
 */
record DebeziumMover(Path folder) implements Mover {
  private static final String SLOT = "peer";

  private static final String DROP =
      "SELECT count(pg_drop_replication_slot(slot_name)) FROM pg_replication_slots"
          + " WHERE database = current_database() AND NOT active";

  @Override
  public String name() {
    return "Debezium " + DebeziumDistribution.VERSION;
  }

  @Override
  public void prepare(Database database) throws SQLException {
    try (Connection connection = database.source().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE PUBLICATION peer FOR TABLE outbox_event");
      statement.execute("SELECT pg_create_logical_replication_slot('" + SLOT + "', 'pgoutput')");
    }
  }

  @Override
  public Running launch(Stage stage, Database database, String topic) {
    try {
      Path config = Files.createDirectories(stage.folder().resolve(topic + "-debezium"));
      try (Writer file = Files.newBufferedWriter(config.resolve("application.properties"))) {
        properties(stage.bootstrapServers(), database, topic, config).store(file, null);
      }
      return new Server(
          ChildJvm.start(
              new JvmCommand(
                  topic,
                  "io.debezium.server.Main",
                  List.of("-Xmx512m", "-cp", classPath(config)),
                  List.of(),
                  Map.of(),
                  stage.folder().resolve(topic + "-debezium.log"))));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private String classPath(Path config) {
    Path runner = folder.resolve(DebeziumDistribution.RUNNER);
    return "%s:%s:%s/*".formatted(runner, config, folder.resolve("lib"));
  }

  /**
   * @param folder of what it remembers
   */
  static Properties properties(
      String bootstrapServers, Database database, String topic, Path folder) {
    URI url = URI.create(database.url().substring("jdbc:".length()));
    Properties all = new Properties();
    all.putAll(
        Map.of(
            "quarkus.http.host", "127.0.0.1",
            "quarkus.http.port", Integer.toString(Ports.free()),
            "quarkus.log.level", "WARN",
            "debezium.format.key", "simplestring",
            "debezium.format.value", "binary",
            "debezium.transforms", "outbox",
            "debezium.transforms.outbox.type", "io.debezium.transforms.outbox.EventRouter"));
    routing(topic).forEach((name, value) -> all.put("debezium.transforms.outbox." + name, value));
    source(url, database, folder)
        .forEach((name, value) -> all.put("debezium.source." + name, value));
    all.put("debezium.sink.type", "kafka");
    producer(bootstrapServers)
        .forEach((name, value) -> all.put("debezium.sink.kafka.producer." + name, value));
    return all;
  }

  private static Map<String, String> routing(String topic) {
    return Map.of(
        "table.field.event.id", "event_id",
        "table.field.event.key", "aggregate_id",
        "table.field.event.payload", "payload",
        "route.by.field", "aggregate_type",
        "route.topic.replacement", topic);
  }

  private static Map<String, String> source(URI url, Database database, Path folder) {
    return Map.ofEntries(
        Map.entry("connector.class", "io.debezium.connector.postgresql.PostgresConnector"),
        Map.entry("database.hostname", url.getHost()),
        Map.entry("database.port", Integer.toString(url.getPort())),
        Map.entry("database.user", PostgresServer.USER),
        Map.entry("database.password", PostgresServer.USER),
        Map.entry("database.dbname", database.name()),
        Map.entry("topic.prefix", "peer"),
        Map.entry("table.include.list", "public.outbox_event"),
        Map.entry("plugin.name", "pgoutput"),
        Map.entry("publication.name", "peer"),
        Map.entry("publication.autocreate.mode", "disabled"),
        Map.entry("slot.name", SLOT),
        Map.entry("snapshot.mode", "no_data"),
        Map.entry("tombstones.on.delete", "false"),
        Map.entry("poll.interval.ms", "1"),
        Map.entry("max.batch.size", "8192"),
        Map.entry("max.queue.size", "32768"),
        Map.entry("record.processing.threads", "2"),
        Map.entry("record.processing.order", "ORDERED"),
        Map.entry("offset.storage.file.filename", folder.resolve("offsets.dat").toString()),
        Map.entry("offset.flush.interval.ms", "1000"));
  }

  private static Map<String, String> producer(String bootstrapServers) {
    return Map.of(
        "bootstrap.servers", bootstrapServers,
        "key.serializer", "org.apache.kafka.common.serialization.StringSerializer",
        "value.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer",
        "acks", "all",
        "compression.type", "lz4",
        "batch.size", "262144",
        "linger.ms", "0");
  }

  /** PostgreSQL may need a moment to notice that the slot's reader is gone. */
  @Override
  public void release(Database database) throws SQLException, InterruptedException {
    try (Connection connection = database.source().getConnection();
        Statement statement = connection.createStatement()) {
      while (!isDropped(statement)) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  private static boolean isDropped(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(DROP)) {
      return row.next() && row.getInt(1) == 1;
    }
  }

  private record Server(ChildJvm jvm) implements Running {
    @Override
    public long pid() {
      return jvm.pid();
    }

    @Override
    public double commits() {
      return 0;
    }

    @Override
    public void requireAlive() {
      if (!jvm.isAlive()) {
        throw new IllegalStateException("Debezium ended:\n" + jvm.lastWords());
      }
    }

    /** With SIGKILL: it may take its time to close, and nothing of it is needed any more. */
    @Override
    public void close() {
      jvm.kill();
    }
  }
}
