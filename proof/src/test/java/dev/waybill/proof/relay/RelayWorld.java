package dev.waybill.proof.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.proof.servers.HttpAnswers;
import dev.waybill.proof.servers.Servers;
import dev.waybill.relay.DeleteCursorCommand;
import dev.waybill.relay.LanesCommand;
import dev.waybill.relay.OutboxRelay;
import dev.waybill.relay.Relay;
import dev.waybill.relay.lane.RelayListener;
import dev.waybill.runtime.Settings;
import dev.waybill.stack.ChildJvm;
import dev.waybill.stack.JvmCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import picocli.CommandLine;

/** A database with an outbox, the topics and settings of its relay: one test's own. */
final class RelayWorld {
  static final Duration LIMIT = Servers.LIMIT;

  private final String name = Servers.newName();
  private final String databaseUrl = Servers.newDatabase(name);
  private final Map<String, String> environment = new HashMap<>();
  private String suffix = "";
  private int partitions = 2;

  RelayWorld(int lanes) {
    environment.putAll(Servers.settingsOfRelay(name));
    environment.putAll(Map.of("RELAY_TOPIC_PARTITIONS", "2", "RELAY_STUCK_AFTER", "2s"));
    if (lanes > 1) {
      assertThat(changeLanes(lanes)).isZero();
    }
  }

  /** Runs the command; returns its exit status. */
  int changeLanes(int number) {
    return new CommandLine(new LanesCommand(environment)).execute(Integer.toString(number));
  }

  RelayWorld with(String setting, String value) {
    environment.put(setting, value);
    return this;
  }

  /** What a relay of this world is set by. */
  Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  /** With topics that the relay has not written to yet. */
  RelayWorld withNewTopics(int newPartitions) {
    suffix = ".new";
    partitions = newPartitions;
    return with("RELAY_TOPIC", topic())
        .with("RELAY_CURSOR_TOPIC", cursorTopic())
        .with("RELAY_TOPIC_PARTITIONS", Integer.toString(newPartitions));
  }

  String topic() {
    return name + ".events" + suffix;
  }

  /** The relay's name. */
  String name() {
    return name;
  }

  String cursorTopic() {
    return name + ".cursors" + suffix;
  }

  String deadLetterTopic() {
    return name + ".refused";
  }

  Events events() throws SQLException {
    return events(Events.SCHEMA);
  }

  /** A session whose outbox is opened with another schema. */
  Events events(Schema schema) throws SQLException {
    return new Events(databaseUrl, schema);
  }

  Relay start(RelayListener... listeners) throws InterruptedException {
    return Relay.start(new Settings(environment), listeners);
  }

  /** Runs the command; returns its exit status. */
  int deleteCursor(int lane) {
    return new CommandLine(new DeleteCursorCommand(environment)).execute("--lane=" + lane);
  }

  /** A relay in a process of its own, which stops at a step until it is told to go on. */
  Child startChild(Step step, int occurrence) {
    return startChild(RelayChild.class, folder -> List.of(step.name(), "" + occurrence, folder));
  }

  /** The command that changes how many lanes there are, in a process of its own. */
  Child startLanesCommand(int number) {
    return startChild(OutboxRelay.class, folder -> List.of("lanes", "" + number));
  }

  private Child startChild(Class<?> main, Function<String, List<String>> arguments) {
    try {
      Path folder = Files.createTempDirectory(Servers.folder(), name + "-");
      ChildJvm process =
          ChildJvm.start(
              new JvmCommand(
                  "relay",
                  main.getName(),
                  List.of(
                      "-Xmx128m",
                      "-XX:TieredStopAtLevel=1",
                      "-Dlogback.configurationFile=logback.xml"),
                  arguments.apply(folder.toString()),
                  environment,
                  folder.resolve("relay.log")));
      return new Child(process, folder);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What the database answers. */
  String value(String sql) {
    try (Connection connection = DriverManager.getConnection(databaseUrl, "postgres", "");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Waits until so many events are readable, or more, and returns all that are. */
  List<ConsumerRecord<byte[], byte[]>> awaitRecords(int atLeast) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () -> {
              records.clear();
              records.addAll(records());
              assertThat(records).hasSizeGreaterThanOrEqualTo(atLeast);
            });
    return records;
  }

  /** Each of the aggregates has exactly these versions, in this order. */
  void assertPublishedOnceInOrder(List<String> ids, int versions) {
    Map<String, List<Integer>> expected = new TreeMap<>();
    for (String id : ids) {
      expected.put(id, IntStream.rangeClosed(1, versions).boxed().toList());
    }
    assertThat(versions(awaitRecords(ids.size() * versions))).isEqualTo(expected);
  }

  static Map<String, List<Integer>> versions(List<ConsumerRecord<byte[], byte[]>> records) {
    Map<String, List<Integer>> versions = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      versions
          .computeIfAbsent(new String(record.key(), UTF_8), key -> new ArrayList<>())
          .add(Integer.parseInt(header(record, "ce_sequence")));
    }
    return versions;
  }

  static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  /** What a read_committed reader finds now. */
  List<ConsumerRecord<byte[], byte[]>> records() {
    return records(partitions());
  }

  /** The dead letters that a read_committed reader finds now. */
  List<ConsumerRecord<byte[], byte[]>> deadLetters() {
    return records(List.of(new TopicPartition(deadLetterTopic(), 0)));
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(List<TopicPartition> partitions) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Servers.readCommitted(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < end.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      return records;
    }
  }

  /** How many offsets of the topic were ever written, markers and aborted records among them. */
  long offsetsUsed() {
    Map<String, Object> config = Map.of("bootstrap.servers", Servers.kafka().bootstrapServers());
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return consumer.endOffsets(partitions()).values().stream().mapToLong(Long::longValue).sum();
    }
  }

  private List<TopicPartition> partitions() {
    return IntStream.range(0, partitions)
        .mapToObj(partition -> new TopicPartition(topic(), partition))
        .toList();
  }

  static String get(Relay relay, String path) throws IOException, InterruptedException {
    return HttpAnswers.get("http://127.0.0.1:" + relay.httpPort() + path);
  }

  static void awaitReadiness(Relay relay, String... texts) {
    HttpAnswers.awaitTexts("http://127.0.0.1:" + relay.httpPort() + "/health/ready", texts);
  }
}
