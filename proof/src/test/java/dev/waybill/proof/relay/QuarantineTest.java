package dev.waybill.proof.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.outbox.OutboxEvent;
import dev.waybill.proof.servers.Servers;
import dev.waybill.relay.PruneCommand;
import dev.waybill.relay.QuarantineCommand;
import dev.waybill.relay.Relay;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code outbox-relay quarantine}: a person lets one event pass. */
@ExtendWith(Servers.class)
class QuarantineTest {
  private static final UUID NOBODY = UUID.fromString("01970000-0000-7000-8000-000000000001");

  private static final String TOKEN = "0123456789abcdef";

  private final RelayWorld world = new RelayWorld(1).with("RELAY_REWIND", "0s");
  private final StringWriter said = new StringWriter();

  @Test
  void eventThatIsLetPassIsADeadLetterAndThoseBehindItGoOnWhileTheRelayRuns() throws Exception {
    try (Events events = world.events()) {
      events.append("a", 1).append("b", 1);
      UUID broken = events.appendBroken("a", 2);
      events.append("a", 3).append("a", 4).commit();
      try (Relay relay = world.start()) {
        RelayWorld.awaitReadiness(relay, "aggregate a waits since event " + broken);

        letPass(broken);

        assertThat(RelayWorld.versions(world.awaitRecords(4)))
            .isEqualTo(Map.of("a", List.of(1, 3, 4), "b", List.of(1)));
        RelayWorld.awaitReadiness(relay, "\"ready\"");
        assertThat(RelayWorld.get(relay, "/metrics"))
            .contains("waybill_relay_waiting_aggregates{lane=\"0\"} 0.0")
            .contains("waybill_relay_quarantined_events{lane=\"0\"} 1.0");
        assertThat(quarantine(broken)).isZero();
        assertThat(said.toString()).contains("is quarantined already");
        events.append("a", 5).append("b", 2).commit();
        world.awaitRecords(6);
      }
      try (Relay again = world.start()) {
        events.append("a", 6).commit();
        assertThat(RelayWorld.versions(world.awaitRecords(7)))
            .isEqualTo(Map.of("a", List.of(1, 3, 4, 5, 6), "b", List.of(1, 2)));
        RelayWorld.awaitReadiness(again, "\"ready\"");
        assertThat(RelayWorld.get(again, "/metrics"))
            .contains("waybill_relay_quarantined_events{lane=\"0\"} 1.0");
      }
      assertThat(world.deadLetters())
          .singleElement()
          .satisfies(
              letter -> {
                assertThat(letter.key()).isEqualTo("a".getBytes(UTF_8));
                assertThat(letter.value()).isNotEmpty();
                assertThat(RelayWorld.header(letter, "ce_id")).isEqualTo(broken.toString());
                assertThat(RelayWorld.header(letter, "ce_sequence")).isEqualTo("2");
                assertThat(RelayWorld.header(letter, "dead-letter-reason")).isEqualTo("a bug");
                assertThat(RelayWorld.header(letter, "dead-letter-cause"))
                    .isEqualTo("event_refused");
              });
      assertThat(prune()).as(said.toString()).isZero();
      assertThat(events.has(broken)).as("nothing waits for the row any more").isFalse();
    }
  }

  @Test
  void eventIsLetPassOverHttpByTheRelayItselfWhichShowsWhatWaits() throws Exception {
    world.with("RELAY_ACTION_TOKEN", TOKEN);
    try (Events events = world.events();
        Relay relay = world.start()) {
      UUID broken = events.appendBroken("a", 1);
      events.append("a", 2).append("b", 1).commit();
      RelayWorld.awaitReadiness(relay, "aggregate a waits since event " + broken);
      world.awaitRecords(1);
      assertThat(RelayWorld.get(relay, "/lanes"))
          .contains("{\"layout\":1,\"lanes\":[{\"lane\":0,\"owned\":true,\"cursor\":{\"snapshot\":")
          .contains("\"waiting\":[{\"aggregateId\":\"a\",\"eventId\":\"" + broken);

      HttpResponse<String> other = post(relay, NOBODY);
      HttpResponse<String> now = post(relay, broken);
      HttpResponse<String> again = post(relay, broken);

      assertThat(other.statusCode()).isEqualTo(409);
      assertThat(other.body()).contains("aggregate a waits since event " + broken);
      assertThat(now.body()).isEqualTo("{\"eventId\":\"%s\",\"now\":true}".formatted(broken));
      assertThat(again.body()).contains("\"now\":false");
      assertThat(RelayWorld.versions(world.awaitRecords(2)))
          .isEqualTo(Map.of("a", List.of(2), "b", List.of(1)));
      assertThat(world.deadLetters())
          .singleElement()
          .satisfies(
              letter -> assertThat(RelayWorld.header(letter, "dead-letter-by")).isEqualTo("anna"));
      await()
          .atMost(RelayWorld.LIMIT)
          .untilAsserted(
              () ->
                  assertThat(RelayWorld.get(relay, "/lanes"))
                      .contains("\"waiting\":[],\"quarantined\":[\"" + broken + "\"]"));
    }
  }

  private static HttpResponse<String> post(Relay relay, UUID event) throws Exception {
    String body = "{\"eventId\":\"%s\",\"reason\":\"a bug\",\"by\":\"anna\"}".formatted(event);
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + relay.httpPort() + "/quarantine"))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void twoOfOneAggregateAreLetPassOneAfterTheOtherAlsoWithoutARelay() throws Exception {
    try (Events events = world.events()) {
      events.append("a", 1);
      UUID first = events.appendBroken("a", 2);
      UUID second = events.appendBroken("a", 3);
      events.append("a", 4).commit();
      try (Relay relay = world.start()) {
        RelayWorld.awaitReadiness(relay, "aggregate a waits since event " + first);
      }
      assertThat(quarantine(second)).isEqualTo(1);
      assertThat(said.toString())
          .contains("no aggregate waits since event " + second)
          .contains("aggregate a waits since event " + first);

      letPass(first);
      assertThat(quarantine(second)).as("no relay has looked behind the first").isEqualTo(1);
      try (Relay relay = world.start()) {
        RelayWorld.awaitReadiness(relay, "aggregate a waits since event " + second);
        letPass(second);

        assertThat(RelayWorld.versions(world.awaitRecords(2)))
            .isEqualTo(Map.of("a", List.of(1, 4)));
        RelayWorld.awaitReadiness(relay, "\"ready\"");
      }
      assertThat(world.deadLetters())
          .extracting(letter -> RelayWorld.header(letter, "ce_id"))
          .containsExactly(first.toString(), second.toString());
    }
  }

  @Test
  void commandThatIsKilledBeforeItsCommitChangesNothing() throws Exception {
    try (Events events = world.events();
        Relay relay = world.start()) {
      UUID broken = events.appendBroken("a", 1);
      events.append("a", 2).append("b", 1).commit();
      RelayWorld.awaitReadiness(relay, "aggregate a waits since event " + broken);
      world.awaitRecords(1);

      fenceAndLeaveATransactionOpen();

      await()
          .atMost(RelayWorld.LIMIT)
          .untilAsserted(
              () ->
                  assertThat(RelayWorld.get(relay, "/metrics"))
                      .contains("waybill_relay_fenced_total{lane=\"0\"} 1.0"));
      events.append("b", 2).commit();
      assertThat(RelayWorld.versions(world.awaitRecords(2))).isEqualTo(Map.of("b", List.of(1, 2)));
      RelayWorld.awaitReadiness(relay, "aggregate a waits since event " + broken);
      assertThat(world.deadLetters()).isEmpty();

      letPass(broken);
      assertThat(RelayWorld.versions(world.awaitRecords(3)))
          .isEqualTo(Map.of("a", List.of(2), "b", List.of(1, 2)));
      assertThat(world.deadLetters()).hasSize(1);
    }
  }

  @Test
  void placeThatIsFreedIsTakenByTheOneTheLaneStoodBefore() throws Exception {
    List<UUID> broken = new ArrayList<>();
    try (Events events = world.events();
        Relay relay = world.start()) {
      for (int i = 0; i < 100; i++) {
        broken.add(events.appendBroken("parcel-" + i, 1));
      }
      events.append("parcel-0", 2).commit();
      RelayWorld.awaitReadiness(relay, "100 aggregates in all");
      broken.add(events.appendBroken("parcel-100", 1));
      events.append("free", 1).commit();
      RelayWorld.awaitReadiness(relay, "\"event refused: event " + broken.get(100));
      assertThat(world.records()).isEmpty();

      assertThat(quarantine(broken.get(100))).as("for that one no aggregate waits").isEqualTo(1);
      letPass(broken.get(0));

      assertThat(RelayWorld.versions(world.awaitRecords(2)))
          .isEqualTo(Map.of("parcel-0", List.of(2), "free", List.of(1)));
      RelayWorld.awaitReadiness(relay, "100 aggregates in all");
    }
  }

  @Test
  void inAnotherHistoryOfTheDatabaseItIsNotPublishedEither() throws Exception {
    world.with("RELAY_REWIND", "24h");
    try (Events events = world.events()) {
      UUID broken = events.appendBroken("a", 1);
      events.append("a", 2).commit();
      try (Relay relay = world.start()) {
        RelayWorld.awaitReadiness(relay, "aggregate a waits since event " + broken);
        letPass(broken);
        world.awaitRecords(1);
        RelayWorld.awaitReadiness(relay, "\"ready\"");
      }
      events.putRight(broken);
      asIfTheCursorWereOfAnotherTimeline();
      try (Relay relay = world.start()) {
        events.append("a", 3).commit();
        assertThat(RelayWorld.versions(world.awaitRecords(3)))
            .isEqualTo(Map.of("a", List.of(2, 2, 3)));
        RelayWorld.awaitReadiness(relay, "\"ready\"");
      }
      assertThat(quarantine(broken)).isZero();
      assertThat(said.toString()).as("the cursor remembers").contains("already");
    }
  }

  @Test
  void eventThatIsTooLargeForTheLettersTooIsNamedByALetter() throws Exception {
    create(world.topic(), Map.of("max.message.bytes", "20000", "cleanup.policy", "compact"));
    create(world.deadLetterTopic(), Map.of("max.message.bytes", "20000", "retention.ms", "-1"));
    world.with("RELAY_COMPACTION_LAG", "0s").with("KAFKA_CLIENT_COMPRESSION_TYPE", "none");
    OutboxEvent large =
        OutboxEvent.of("parcel", "a", 1, "ParcelSent", Events.randomParcel("a", 100_000));
    try (Events events = world.events();
        Relay relay = world.start()) {
      events.append(large).append("a", 2).commit();
      RelayWorld.awaitReadiness(relay, "aggregate a waits since event " + large.eventId());

      letPass(large.eventId());

      assertThat(RelayWorld.versions(world.awaitRecords(1))).isEqualTo(Map.of("a", List.of(2)));
      assertThat(world.deadLetters())
          .singleElement()
          .satisfies(
              letter -> {
                assertThat(letter.value()).isNull();
                assertThat(RelayWorld.header(letter, "dead-letter-payload")).isEqualTo("left out");
                assertThat(RelayWorld.header(letter, "ce_id"))
                    .isEqualTo(large.eventId().toString());
              });
    }
  }

  @Test
  void busyLaneNeitherLosesNorRepeatsWhileEventsOfOthersAreLetPass() throws Exception {
    world.with("RELAY_PAGE_ROWS", "3");
    List<String> flowing = List.of("b", "c", "d");
    try (Events events = world.events();
        Relay relay = world.start()) {
      List<UUID> broken = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        broken.add(events.appendBroken("a" + i, 1));
      }
      events.commit();
      RelayWorld.awaitReadiness(relay, "aggregate a3 waits since event " + broken.get(3));
      Thread writer = new Thread(() -> commitAll(flowing, 150));
      writer.start();
      for (UUID one : broken) {
        letPass(one);
      }
      writer.join();

      world.assertPublishedOnceInOrder(flowing, 150);
      RelayWorld.awaitReadiness(relay, "\"ready\"");
      assertThat(world.deadLetters()).hasSize(4);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--help | 0 | never published",
        "--reason=why | 2 | --event",
        "--event=01970000-0000-7000-8000-000000000001 | 2 | --reason",
        "--event=seven --reason=why | 2 | seven",
        "--event=01970000-0000-7000-8000-000000000001 --reason= | 2 | --reason: must have 1 to",
        "--event=01970000-0000-7000-8000-000000000001 --reason=why | 1 | none waits at all"
      })
  void whatIsWrongIsSaid(String options, int status, String says) {
    assertThat(run(options.split(" ", -1))).isEqualTo(status);
    assertThat(said.toString()).contains(says);
  }

  @Test
  void wrongSettingsAndTopicsThatWouldLoseLettersAreRefused() throws Exception {
    create(world.deadLetterTopic(), Map.of("cleanup.policy", "delete"));

    assertThat(quarantine(NOBODY)).isEqualTo(2);
    assertThat(said.toString()).contains("retention.ms", "--add-config retention.ms=-1");
    world.with("RELAY_PAGE_ROWS", "0");
    assertThat(quarantine(NOBODY)).isEqualTo(2);
    assertThat(said.toString()).contains("RELAY_PAGE_ROWS=0");
  }

  private void commitAll(List<String> ids, int versions) {
    try (Events events = world.events()) {
      events.commitAll(ids, 1, versions);
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** What a command leaves that is killed after it has sent its records. */
  private void fenceAndLeaveATransactionOpen() {
    for (int number = 3; number >= 0; number--) {
      Map<String, Object> config =
          Map.of(
              "bootstrap.servers",
              Servers.kafka().bootstrapServers(),
              "transactional.id",
              world.name() + "-0-" + number);
      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
        producer.initTransactions();
        if (number == 0) {
          producer.beginTransaction();
          var unusedLetter =
              producer.send(new ProducerRecord<>(world.deadLetterTopic(), 0, null, new byte[1]));
          var unusedCursor =
              producer.send(new ProducerRecord<>(world.cursorTopic(), 0, cursorKey(), new byte[1]));
          producer.flush();
        }
        producer.close(Duration.ZERO);
      }
    }
  }

  private byte[] cursorKey() {
    return (world.name() + "-0@1").getBytes(UTF_8);
  }

  private void asIfTheCursorWereOfAnotherTimeline() throws Exception {
    TopicPartition partition = new TopicPartition(world.cursorTopic(), 0);
    byte[] last = new byte[0];
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Servers.readCommitted(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> one : consumer.poll(Duration.ofMillis(100))) {
          last = one.value();
        }
      }
    }
    byte[] other =
        new String(last, UTF_8).replaceFirst("\"timeline\":1", "\"timeline\":9").getBytes(UTF_8);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", Servers.kafka().bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(world.cursorTopic(), 0, cursorKey(), other)).get();
    }
  }

  /** The lane says who waits before the commit that makes it so. */
  private void letPass(UUID event) {
    await()
        .atMost(RelayWorld.LIMIT)
        .untilAsserted(() -> assertThat(quarantine(event)).as(said.toString()).isZero());
  }

  private int quarantine(UUID event) {
    return run("--event=" + event, "--reason=a bug");
  }

  private int run(String... options) {
    return execute(new QuarantineCommand(new HashMap<>(world.environment())), options);
  }

  private int prune() {
    return execute(new PruneCommand(new HashMap<>(world.environment())), "--older-than=0s");
  }

  private int execute(Object command, String... options) {
    said.getBuffer().setLength(0);
    return new CommandLine(command)
        .setOut(new PrintWriter(said))
        .setErr(new PrintWriter(said))
        .execute(options);
  }

  private static void create(String topic, Map<String, String> config) throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", Servers.kafka().bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1).configs(config))).all().get();
    }
  }
}
