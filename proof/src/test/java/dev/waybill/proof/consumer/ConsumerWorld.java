package dev.waybill.proof.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.consumer.Consumer;
import dev.waybill.orders.OrderEvent;
import dev.waybill.proof.interop.AnotherSystem;
import dev.waybill.proof.interop.Orders;
import dev.waybill.proof.servers.HttpAnswers;
import dev.waybill.proof.servers.Servers;
import dev.waybill.registry.AvroSerializer;
import dev.waybill.registry.SchemaRegistry;
import dev.waybill.registry.SchemaRegistryConfig;
import dev.waybill.runtime.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/** A topic of order events, B, and whoever is about them: one test's own. */
final class ConsumerWorld implements AutoCloseable {
  final Admin admin = Admin.create(Map.of("bootstrap.servers", Servers.kafka().bootstrapServers()));
  private final String name = Servers.newName();
  private final Map<String, String> environment = new HashMap<>();

  /** Creates the topic. */
  ConsumerWorld(int partitions) throws ExecutionException, InterruptedException {
    createTopic(topic(), partitions);
    environment.putAll(Servers.settingsOfB(name));
    environment.put("CONSUMER_STUCK_AFTER", "3s");
    // What was added stays readable, as it does for half a minute otherwise.
    environment.put("KAFKA_CLIENT_REPARTITION_PURGE_INTERVAL_MS", "3600000");
  }

  String topic() {
    return name + ".events";
  }

  /** B's application id. */
  String group() {
    return name + ".b";
  }

  Path stateDirectory() {
    return Servers.folder().resolve(name + "-state");
  }

  ConsumerWorld with(String setting, String value) {
    environment.put(setting, value);
    return this;
  }

  /** Waits for one of that name to be gone. */
  void createTopic(String created, int partitions) throws ExecutionException, InterruptedException {
    NewTopic topic =
        new NewTopic(created, partitions, (short) 1)
            .configs(Map.of("cleanup.policy", "compact", "min.compaction.lag.ms", "604800000"));
    await()
        .atMost(Servers.LIMIT)
        .ignoreExceptionsMatching(failure -> failure.getCause() instanceof TopicExistsException)
        .until(
            () -> {
              admin.createTopics(List.of(topic)).all().get();
              return true;
            });
  }

  Consumer start() throws InterruptedException {
    return Consumer.start(new Settings(environment));
  }

  /** Writes the event, and waits until it is there. */
  void write(OrderEvent event) throws ExecutionException, InterruptedException {
    try (SchemaRegistry registry =
        new SchemaRegistry(SchemaRegistryConfig.of(Servers.registry().url()))) {
      var unused =
          AnotherSystem.write(
              Servers.kafka(),
              topic(),
              "Order",
              event.getOrder().getOrderId().toString(),
              event.getOrder().getVersion(),
              Orders.generic(event, OrderEvent.getClassSchema()),
              new AvroSerializer<>(registry));
    }
  }

  /** Waits until so many of the events of the event's customer are in its totals. */
  void awaitTotals(Consumer b, OrderEvent event, int events) {
    awaitTotals(b, event, "\"eventsApplied\":" + events);
  }

  /** Waits until the totals of the event's customer contain the text. */
  void awaitTotals(Consumer b, OrderEvent event, String text) {
    HttpAnswers.awaitTexts(url(b, "/customers/" + event.getOrder().getCustomerId()), text);
  }

  String totals(Consumer b, OrderEvent event) throws IOException, InterruptedException {
    return HttpAnswers.get(url(b, "/customers/" + event.getOrder().getCustomerId()));
  }

  static void awaitReadiness(Consumer b, String... texts) {
    HttpAnswers.awaitTexts(url(b, "/health/ready"), texts);
  }

  static void awaitMetrics(Consumer b, String... texts) {
    HttpAnswers.awaitTexts(url(b, "/metrics"), texts);
  }

  static void awaitNotLive(Consumer b, String... texts) {
    await()
        .atMost(Servers.LIMIT)
        .untilAsserted(() -> assertThat(b.health().reasonsNotLive().toString()).contains(texts));
  }

  /** The change that lets somebody delete a topic's records. */
  static Map<ConfigResource, Collection<AlterConfigOp>> deletable(String topic) {
    return Map.of(
        new ConfigResource(ConfigResource.Type.TOPIC, topic),
        List.of(
            new AlterConfigOp(
                new ConfigEntry("cleanup.policy", "delete"), AlterConfigOp.OpType.SET)));
  }

  private static String url(Consumer b, String path) {
    return "http://127.0.0.1:" + b.httpPort() + path;
  }

  @Override
  public void close() {
    admin.close();
  }
}
