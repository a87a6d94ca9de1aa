package dev.waybill.proof.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.notifications.CustomerNotification;
import dev.waybill.orders.OrderEvent;
import dev.waybill.producer.load.Load;
import dev.waybill.producer.load.LoadOptions;
import dev.waybill.producer.load.LoadResult;
import dev.waybill.proof.KafkaClients;
import dev.waybill.proof.demo.Rollout.Passage;
import dev.waybill.proof.demo.Rollout.Step;
import dev.waybill.proof.demo.Rollout.Version;
import dev.waybill.proof.evolution.EditedSchema;
import dev.waybill.proof.evolution.GeneratedClasses;
import dev.waybill.proof.servers.Servers;
import dev.waybill.proof.systems.TopicReader;
import dev.waybill.proof.systems.Topics;
import dev.waybill.registry.SchemaRegistry;
import dev.waybill.registry.SchemaRegistryConfig;
import dev.waybill.registry.WireFormat;
import dev.waybill.stack.LocalStack;
import dev.waybill.stack.StackLayout;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Producer, relay and consumer are taken to the next version of the schemas and back, one after the
 * other, while orders are placed, paid, shipped and erased.
 *
 * <p>Each order in which that can be done, upwards or back, is three steps, and the twelve such
 * orders are made of only twelve different steps: one service is changed while the two others are
 * in some version, where the relay has none, because it is the same program in both. The walk takes
 * each of these once, and the test checks that none is missing. What a step finds besides is in the
 * database, the topics and the stores, which hold rows, records and state of both versions from the
 * first change of the producer on.
 */
@ExtendWith(Servers.class)
final class RollingUpgradeTest {
  private static final long SEED = 20261126;
  private static final double RATE = 20;
  private static final int MOST_REQUESTS = 20_000;
  private static final int COPIES = 20;

  /** Which service each step is about. */
  private static final List<String> WALK = List.of("rprc", "rprc", "cpcp");

  /**
   * Fields in the middle, of names that no real one has: who does not resolve the writer's schema
   * misreads what follows them.
   */
  private static final Schema NEXT_EVENT =
      EditedSchema.of(OrderEvent.getClassSchema())
          .addField(
              "Order",
              "placedAt",
              "{'name': 'nextVersionsText', 'type': 'string', 'default': 'web'}")
          .addField(
              "OrderEvent",
              "paymentReference",
              "{'name': 'nextVersionsRemark', 'type': ['null', 'string'], 'default': null}")
          .schema();

  private static final Schema NEXT_NOTIFICATION =
      EditedSchema.of(CustomerNotification.getClassSchema())
          .addField(
              "CustomerNotification",
              "customerId",
              "{'name': 'nextVersionsLanguage', 'type': 'string', 'default': 'en'}")
          .schema();

  private final Display display = new Display(new PrintWriter(System.out, true, UTF_8), false);
  private final Set<Integer> schemasOfNotifications = ConcurrentHashMap.newKeySet();

  @TempDir Path folder;

  @Test
  @Timeout(900)
  void nothingIsLostOrDoubledWhenServicesAreUpgradedAndTakenBackInAnyOrder() throws Exception {
    Path next = GeneratedClasses.of(List.of(NEXT_EVENT, NEXT_NOTIFICATION), folder.resolve("next"));
    try (LocalStack stack =
            LocalStack.start(
                Servers.another(folder), StackLayout.onFreePorts(folder), display::say);
        Witness witness = new Witness(stack);
        TopicReader notifications = notifications(stack);
        KafkaProducer<byte[], byte[]> writer =
            KafkaClients.writer(stack.kafka().bootstrapServers())) {
      witness.start();
      notifications.start();
      Rollout rollout = new Rollout(stack, witness, next, display);
      Litter litter = new Litter(writer, Topics.EVENTS, new Random(SEED));

      LoadResult traffic = underTraffic(stack, () -> walk(rollout, witness, litter));

      assertThat(traffic.failures()).isEmpty();
      int changes = (int) traffic.progress().acknowledged();
      Verdict verdict = Verdict.of(witness.evidence(changes, litter, List.of(), () -> {}));
      assertThat(verdict.checks()).contains(Check.equal("dead letters", 0, 0));
      assertThat(verdict.checks()).allMatch(Check::holds);
      assertThat(rollout.steps()).containsExactlyInAnyOrderElementsOf(stepsOfEachOrder());
      assertVersions(stack, rollout.passages(), witness.published().records());
    }
  }

  /** In between, copies of earlier events: B's stores have to know them still. */
  private static void walk(Rollout rollout, Witness witness, Litter litter) throws Exception {
    for (String someSteps : WALK) {
      someSteps.chars().forEach(service -> rollout.take((char) service));
      litter.repeat(witness.published().records(), COPIES);
    }
    rollout.changeProducerWithoutRelay();
  }

  private static Set<Step> stepsOfEachOrder() {
    Set<Step> steps = new HashSet<>();
    for (String order : List.of("prc", "pcr", "rpc", "rcp", "cpr", "crp")) {
      for (Version begin : Version.values()) {
        Version producer = begin;
        Version consumer = begin;
        for (int i = 0; i < order.length(); i++) {
          Step step = new Step(order.charAt(i), producer, consumer);
          steps.add(step);
          producer = step.producerAfter();
          consumer = step.consumerAfter();
        }
      }
    }
    return steps;
  }

  /** Sends requests until the work is done. */
  private LoadResult underTraffic(LocalStack stack, Work work) throws Exception {
    Load load =
        new Load(
            LoadOptions.of(URI.create(stack.producer().url()), RATE, MOST_REQUESTS, SEED)
                .withRetryShare(0.05)
                .withRetryFor(Servers.LIMIT));
    FutureTask<LoadResult> traffic = new FutureTask<>(load::run);
    new Thread(traffic, "traffic").start();
    try {
      work.run();
      assertThat(traffic).as("there was traffic all the time").isNotDone();
    } finally {
      load.end();
    }
    LoadResult result = traffic.get();
    display.say(result.progress().toString());
    return result;
  }

  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  private TopicReader notifications(LocalStack stack) {
    return new TopicReader(
        stack.kafka().bootstrapServers(),
        Topics.NOTIFICATIONS,
        record -> schemasOfNotifications.add(WireFormat.schemaId(record.value())));
  }

  /** Each situation had events of just the versions that its producer was in. */
  private void assertVersions(
      LocalStack stack, List<Passage> passages, List<ConsumerRecord<byte[], byte[]>> records) {
    try (SchemaRegistry registry =
        new SchemaRegistry(SchemaRegistryConfig.of(stack.registry().url()))) {
      String events = Topics.EVENTS + "-value";
      Map<Version, Integer> ids =
          Map.of(
              Version.N, registry.lookUp(events, OrderEvent.getClassSchema()),
              Version.NEXT, registry.lookUp(events, NEXT_EVENT));
      Map<UUID, Integer> schemas = schemas(records);
      for (Passage passage : passages) {
        assertThat(passage.events())
            .as(passage.situation())
            .hasSizeGreaterThanOrEqualTo(Rollout.EVENTS_EACH);
        assertThat(passage.events().stream().map(schemas::get).filter(Objects::nonNull).distinct())
            .as(passage.situation())
            .containsExactlyInAnyOrderElementsOf(
                passage.writtenIn().stream().map(ids::get).toList());
      }
      String notifications = Topics.NOTIFICATIONS + "-value";
      assertThat(schemasOfNotifications)
          .containsExactlyInAnyOrder(
              registry.lookUp(notifications, CustomerNotification.getClassSchema()),
              registry.lookUp(notifications, NEXT_NOTIFICATION));
    }
  }

  /** The schema id in front of each event's value, where it has one. */
  private static Map<UUID, Integer> schemas(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream()
        .filter(record -> record.value() != null)
        .collect(Collectors.toMap(Published::id, record -> WireFormat.schemaId(record.value())));
  }
}
