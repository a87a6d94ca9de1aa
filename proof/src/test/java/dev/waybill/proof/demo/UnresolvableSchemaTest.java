package dev.waybill.proof.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.consumer.ConsumerService;
import dev.waybill.deduplication.DeadLetterHeaders;
import dev.waybill.deduplication.LetterAction;
import dev.waybill.orders.Order;
import dev.waybill.orders.OrderEvent;
import dev.waybill.producer.load.Load;
import dev.waybill.producer.load.LoadOptions;
import dev.waybill.proof.evolution.EditedSchema;
import dev.waybill.proof.evolution.GeneratedClasses;
import dev.waybill.proof.interop.AnotherSystem;
import dev.waybill.proof.interop.Orders;
import dev.waybill.proof.interop.RegistryHttp;
import dev.waybill.proof.servers.Servers;
import dev.waybill.proof.systems.AppliedEvent;
import dev.waybill.proof.systems.SystemA;
import dev.waybill.proof.systems.SystemB;
import dev.waybill.proof.systems.TopicReader;
import dev.waybill.proof.systems.Topics;
import dev.waybill.registry.AvroSerializer;
import dev.waybill.registry.SchemaRegistry;
import dev.waybill.registry.SchemaRegistryConfig;
import dev.waybill.stack.ChildJvm;
import dev.waybill.stack.JvmCommand;
import dev.waybill.stack.LocalStack;
import dev.waybill.stack.Readiness;
import dev.waybill.stack.StackLayout;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A writer takes away a field that B cannot do without, past a registry that was told to let it: B
 * puts the records aside and goes on, and what was put aside is made good after B's upgrade.
 */
@ExtendWith(Servers.class)
@Timeout(600)
final class UnresolvableSchemaTest {
  private static final long SEED = 20261126;
  private static final String SUBJECT = Topics.EVENTS + "-value";

  private static final Schema WITHOUT_CURRENCY =
      EditedSchema.of(OrderEvent.getClassSchema()).removeField("Money", "currency").schema();
  private static final Schema CURRENCY_UNLESS_GIVEN =
      EditedSchema.of(OrderEvent.getClassSchema())
          .setDefault("Money", "currency", "'XXX'")
          .schema();

  @TempDir Path folder;

  private final Queue<ConsumerRecord<byte[], byte[]>> deadLetters = new ConcurrentLinkedQueue<>();
  private LocalStack stack;
  private Witness witness;
  private TopicReader reader;

  /**
   * What there is in B of events that are not A's.
   *
   * @param told how many notifications there are of each
   */
  private record Effect(
      Map<String, String> orders, Map<String, SystemB.Totals> totals, Map<UUID, Integer> told) {}

  @BeforeEach
  void start() {
    stack = LocalStack.start(Servers.another(folder), StackLayout.onFreePorts(folder), part -> {});
    witness = new Witness(stack);
    reader = new TopicReader(stack.kafka().bootstrapServers(), Topics.DEAD_LETTERS, this::letter);
    witness.start();
    reader.start();
  }

  @AfterEach
  void close() {
    reader.close();
    witness.close();
    stack.close();
  }

  @Test
  void recordBecomesADeadLetterAndItsReplayTakesEffectOnceAfterTheUpgrade() throws Exception {
    traffic();
    RegistryHttp.setLevel(stack.registry(), SUBJECT, "NONE");
    OrderEvent alone = Orders.placed();
    OrderEvent followed = Orders.placed();
    OrderEvent later = Orders.paid(followed);

    UUID aloneId = write("OrderPlaced", alone, WITHOUT_CURRENCY);
    UUID followedId = write("OrderPlaced", followed, WITHOUT_CURRENCY);
    UUID laterId = write("OrderPaid", later, OrderEvent.getClassSchema());

    until(() -> isApplied(laterId) && deadLetters.size() == 2);
    assertDeadLetters(aloneId, followedId);
    assertThat(isApplied(aloneId)).isFalse();
    awaitEffect(
        new Effect(
            Map.of(key(followed), line(later, "EUR")),
            Map.of(customer(followed), new SystemB.Totals("{PAID=1} {EUR=19.99}", 1)),
            Map.of(laterId, 1)),
        alone,
        followed);
    traffic();
    assertThat(Readiness.of(stack.consumer().url())).isEmpty();

    upgradeB();
    assertThat(replay()).contains("replayed 2, left 0 others");

    Effect made =
        new Effect(
            Map.of(key(alone), line(alone, "XXX"), key(followed), line(later, "EUR")),
            Map.of(
                customer(alone), new SystemB.Totals("{PLACED=1} {XXX=19.99}", 1),
                customer(followed), new SystemB.Totals("{PAID=1} {EUR=19.99}", 2)),
            Map.of(aloneId, 1, followedId, 1, laterId, 1));
    awaitEffect(made, alone, followed);
    assertThat(isApplied(aloneId) && isApplied(followedId)).isTrue();

    assertThat(replay()).contains("replayed 2, left 0 others");

    until(() -> duplicates(aloneId) == 1 && duplicates(followedId) == 1);
    traffic();
    assertThat(effect(alone, followed)).isEqualTo(made);
    assertThat(deadLetters).hasSize(2);
  }

  private void letter(ConsumerRecord<byte[], byte[]> record) {
    if (!LetterAction.isOne(record.headers())) {
      deadLetters.add(record);
    }
  }

  private void assertDeadLetters(UUID... ids) {
    assertThat(deadLetters).extracting(Published::id).containsExactlyInAnyOrder(ids);
    assertThat(deadLetters)
        .allSatisfy(
            letter -> {
              assertThat(header(letter, DeadLetterHeaders.REASON)).isEqualTo("UNDECODABLE");
              assertThat(header(letter, DeadLetterHeaders.DETAIL))
                  .contains("dev.waybill.orders.Money", "missing required field currency");
            });
  }

  /** Orders of A's own, which B is to apply like any others. */
  private void traffic() throws InterruptedException {
    URI a = URI.create(stack.producer().url());
    assertThat(new Load(LoadOptions.of(a, 50, 30, SEED)).run().failures()).isEmpty();
    Map<String, String> orders = witness.a().orders();
    Map<String, String> totals = witness.a().totals();
    until(
        () ->
            witness.b().orders().entrySet().containsAll(orders.entrySet())
                && lines(witness.b().customers(totals.keySet())).equals(totals));
  }

  private static Map<String, String> lines(Map<String, SystemB.Totals> totals) {
    return totals.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().line()));
  }

  private UUID write(String type, OrderEvent event, Schema schema) throws Exception {
    try (SchemaRegistry registry =
        new SchemaRegistry(SchemaRegistryConfig.of(stack.registry().url()))) {
      return AnotherSystem.write(
          stack.kafka(),
          Topics.EVENTS,
          type,
          key(event),
          event.getOrder().getVersion(),
          Orders.generic(event, schema),
          new AvroSerializer<>(registry));
    }
  }

  private void upgradeB() throws Exception {
    Path classes = GeneratedClasses.of(List.of(CURRENCY_UNLESS_GIVEN), folder.resolve("upgrade"));
    stack.consumer().close();
    stack.consumer().start(List.of(classes));
    stack.consumer().awaitReady(Servers.LIMIT);
  }

  /** Runs {@code consumer-service replay --all}; returns what it said. */
  private String replay() throws Exception {
    Path log = Files.createTempFile(folder, "replay", ".log");
    try (ChildJvm replay =
        ChildJvm.start(
            new JvmCommand(
                "replay",
                ConsumerService.class.getName(),
                List.of("-XX:TieredStopAtLevel=1"),
                List.of("replay", "--all"),
                Map.of("KAFKA_BOOTSTRAP_SERVERS", stack.kafka().bootstrapServers()),
                log))) {
      assertThat(replay.waitFor()).as(replay.lastWords()).isZero();
      return replay.lastWords();
    }
  }

  private void awaitEffect(Effect effect, OrderEvent... ofOrders) {
    await()
        .atMost(Servers.LIMIT)
        .untilAsserted(() -> assertThat(effect(ofOrders)).isEqualTo(effect));
  }

  private Effect effect(OrderEvent... ofOrders) {
    List<OrderEvent> events = List.of(ofOrders);
    Map<String, String> orders = witness.b().orders();
    orders.keySet().retainAll(events.stream().map(UnresolvableSchemaTest::key).toList());
    List<String> customers = events.stream().map(UnresolvableSchemaTest::customer).toList();
    Map<UUID, Integer> told = new HashMap<>(witness.notified().copies());
    told.keySet().removeAll(witness.a().committed().keySet());
    return new Effect(orders, witness.b().customers(customers), told);
  }

  private boolean isApplied(UUID event) {
    AppliedEvent known = witness.b().events(List.of(event)).get(event);
    return known != null && known.applied();
  }

  private int duplicates(UUID event) {
    return Objects.requireNonNull(witness.b().events(List.of(event)).get(event)).duplicates();
  }

  private static String line(OrderEvent event, String currency) {
    Order order = event.getOrder();
    return SystemA.order(
        order.getStatus().name(),
        order.getVersion(),
        customer(event),
        order.getTotal().getAmount(),
        currency);
  }

  private static String key(OrderEvent event) {
    return event.getOrder().getOrderId().toString();
  }

  private static String customer(OrderEvent event) {
    return event.getOrder().getCustomerId().toString();
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private static void until(Callable<Boolean> condition) {
    await().atMost(Servers.LIMIT).until(condition);
  }
}
