package dev.waybill.proof.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waybill.console.ConsoleService;
import dev.waybill.console.systems.EventIds;
import dev.waybill.stack.ChildJvm;
import dev.waybill.stack.JvmCommand;
import dev.waybill.stack.LocalStack;
import dev.waybill.stack.Ports;
import dev.waybill.stack.StackLayout;
import dev.waybill.stack.StackService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** As a new user would try it: an order is found, where it waits is said, poison is dealt with. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConsoleTest {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final List<String> WAY =
      List.of("committed", "published", "topic", "decided", "effects");

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String CUSTOMER = "0198c0de-0000-7000-8000-00000000c057";
  private static final String PLACED =
      """
      {"type": "PLACED", "order": {"orderId": "ORDER", "customerId": "%s", "status": "PLACED",
        "lines": [{"sku": "book", "quantity": 1, "unitPrice": "12.5"}],
        "total": {"amount": "12.5", "currency": "EUR"}, "version": 1,
        "placedAt": 1795849200000000, "updatedAt": 1795849200000000}}
      """
          .formatted(CUSTOMER);

  @TempDir static Path folder;

  private LocalStack stack;
  private Shop shop;
  private Visitor page;

  @BeforeAll
  void start() throws Exception {
    stack = LocalStack.start(StackLayout.onFreePorts(folder), part -> {});
    shop = new Shop(stack);
    page = new Visitor(stack.startConsole().url());
    page.logIn("anna", stack.token());
  }

  @AfterAll
  void stop() {
    stack.close();
  }

  @Test
  void whereAnEventIsIsSaidAtEachHop() throws Exception {
    String order = shop.place();
    await(() -> states(order).equals(List.of("done", "done", "done", "done", "done")));
    JsonNode event = page.json("/api/trace?id=" + order).path("events").path(0);
    assertThat(names(event)).isEqualTo(WAY);
    String eventId = event.path("eventId").asText();
    assertThat(states(eventId)).containsOnly("done");
    assertThat(page.get("/find?id=" + order).body()).contains(eventId, "the same at version 1");
    assertThat(page.get("/").body()).contains("Path");
    await(() -> flows("relay") && flows("B"));

    stack.relay().kill();
    String unpublished = shop.place();
    await(() -> states(unpublished).subList(0, 2).equals(List.of("done", "unknown")));
    stack.relay().start();
    stack.relay().awaitReady(LIMIT);
    await(() -> states(unpublished).get(3).equals("done"));

    stack.consumer().kill();
    String undecided = shop.place();
    await(() -> states(undecided).equals(List.of("done", "done", "done", "waiting", "not there")));
    assertThat(page.json("/api/trace?id=" + undecided).path("missing").toString())
        .contains("nobody answers");
    stack.consumer().start();
    stack.consumer().awaitReady(LIMIT);
    await(() -> states(undecided).get(4).equals("done"));

    assertThat(page.get("/api/trace?id=" + UUID.randomUUID()).statusCode()).isEqualTo(404);
    assertThat(command("trace", order)).isZero();
    assertThat(command("trace", UUID.randomUUID().toString())).isEqualTo(1);
    assertThat(command("trace", "")).isEqualTo(2);
    changedByHandIsNamed(order);
    minutesAgree();
  }

  private boolean flows(String hop) throws IOException, InterruptedException {
    return StreamSupport.stream(page.json("/api/path").path("hops").spliterator(), false)
        .anyMatch(
            one ->
                one.path("name").asText().equals(hop)
                    && one.path("health").asText().equals("FLOWS"));
  }

  private void minutesAgree() throws Exception {
    await(
        () -> {
          JsonNode report = page.json("/api/audit?minutes=10");
          int applied = sumOfApplied(report.path("minutes"));
          return report.path("agreed").asBoolean()
              && applied >= 3
              && sumOfApplied(report.path("buckets")) == applied
              && report.path("aggregates").isEmpty();
        });
  }

  private static int sumOfApplied(JsonNode parts) {
    return StreamSupport.stream(parts.spliterator(), false)
        .mapToInt(part -> part.path("applied").asInt())
        .sum();
  }

  private void changedByHandIsNamed(String order) throws Exception {
    assertThat(command("audit", "--tables")).isZero();
    shop.changeByHand(order, "CANCELLED");
    assertThat(command("audit", "--tables")).isEqualTo(1);
    assertThat(said()).contains("diverged", order, "CANCELLED", "PLACED");
  }

  @Test
  void poisonIsShownReplayedDiscardedAndRestored() throws Exception {
    String eventId = poison();
    await(() -> letter(eventId).path("state").asText().equals("open"));
    String place = letter(eventId).path("place").asText();
    JsonNode whole = page.json("/api/letters/at/" + place);
    assertThat(whole.path("contents").path("failure").asText()).contains("wire format");
    assertThat(page.get("/letters/at/" + place).body())
        .contains("&lt;script&gt;")
        .doesNotContain("<script>alert");
    assertThat(states(eventId)).contains("diverged");

    assertThat(carryOut("replay", "", place)).containsEntry(place, "failed again");
    Map<String, String> discarded = carryOut("discard", "a test", place);
    assertThat(discarded).containsEntry(place, "done");
    await(() -> letter(eventId).path("state").asText().equals("discarded"));
    assertThat(command("letters", "restore", place, "--by", "bob")).isZero();
    await(() -> !letter(eventId).path("state").asText().equals("discarded"));

    String journal = page.json("/api/journal").toString();
    assertThat(journal).contains("anna", "bob", "a test", "\"replay\"", "finished", "failed again");
    assertThat(command("letters", "list", "--event-id", eventId)).isZero();
    assertThat(command("letters", "groups")).isZero();
    assertThat(command("letters", "show", place)).isZero();
    assertThat(said()).doesNotContain("\u001b").contains("\\u{1b}");
    assertThat(command("journal")).isZero();
    assertThat(command("quarantine", eventId, "--why", "a test")).isEqualTo(1);
  }

  @Test
  void poisonIsRepairedAndTakesEffectOnce() throws Exception {
    String first = shop.place(); // It brings its schema.
    await(() -> states(first).get(4).equals("done"));
    String order = UUID.randomUUID().toString();
    String eventId = anHourAgo();
    shop.poison(order, Map.of("ce_id", eventId, "ce_type", "OrderPlaced"));
    await(() -> letter(eventId).path("reason").asText().equals("MISSING_VERSION"));
    String place = letter(eventId).path("place").asText();

    assertThat(command("letters", "edit", place)).isZero();
    ObjectNode edit = (ObjectNode) JSON.readTree(said().substring(said().indexOf('{')));
    assertThat(edit.path("value").isMissingNode()).as("poison is no value").isTrue();
    edit.withArray("headers").addObject().put("name", "ce_sequence").put("value", "1");
    edit.set("value", JSON.readTree(PLACED.replace("ORDER", order)));
    String file = Files.writeString(folder.resolve("edit.json"), edit.toString()).toString();
    assertThat(command("letters", "repair", file)).as("without a reason").isEqualTo(2);
    assertThat(command("letters", "repair", file, "--dry-run")).isZero();
    assertThat(said()).contains("ce_sequence: none -> 1", "value: 6 bytes -> ");
    assertThat(command("letters", "repair", file, "--why", "a test")).as(said()).isZero();
    assertThat(said()).contains("applied");

    assertThat(b("/orders/" + order).path("version").asInt()).isEqualTo(1);
    await(() -> b("/customers/" + CUSTOMER).path("eventsApplied").asInt() == 1);
    assertThat(command("letters", "repair", file, "--why", "again")).isEqualTo(1);
    assertThat(said()).contains("has taken effect already");
    await(() -> letter(eventId).path("state").asText().equals("applied"));
    assertThat(page.json("/api/journal").toString())
        .contains("\"repair\"", "edited from " + place + ": ce_sequence, value")
        .doesNotContain(CUSTOMER);

    // A has no such order: the other tests compare the tables.
    shop.erase(order, Map.of("ce_id", anHourAgo(), "ce_sequence", "2"));
    await(() -> b("/orders/" + order).path("version").isMissingNode());
  }

  /** No audit of the last minutes has it. */
  private static String anHourAgo() {
    return EventIds.make(Instant.now().minus(Duration.ofHours(1))).toString();
  }

  private JsonNode b(String path) throws IOException, InterruptedException {
    return new Visitor(stack.consumer().url()).json(path);
  }

  /** Through the page: plan, begin, wait for the end. */
  private Map<String, String> carryOut(String action, String why, String place) throws Exception {
    String plan =
        page.act(
                "/letters/at/" + place,
                "/letters/plan",
                Map.of("action", action, "why", why, "place", place))
            .body();
    String operation = Visitor.hidden(plan, "operation");
    page.act("/letters/at/" + place, "/letters/begin", Map.of("operation", operation));
    Map<String, String> outcomes = new HashMap<>();
    await(
        () -> {
          String body = page.get("/operations/" + operation).body();
          outcomes.clear();
          List.of("failed again", "applied", "done").stream()
              .filter(outcome -> body.contains("<td>" + outcome + "</td>"))
              .forEach(outcome -> outcomes.put(place, outcome));
          return body.contains(": finished") && !outcomes.isEmpty();
        });
    return outcomes;
  }

  @Test
  void severalRelaysAndInstancesOfBAreOnePath() throws Exception {
    try (StackService relay = stack.anotherRelay(folder.resolve("another-relay"));
        StackService b = stack.anotherConsumer(folder.resolve("another-b"));
        StackService console = console(relay)) {
      Stream.of(relay, b, console).forEach(one -> one.awaitReady(LIMIT));
      Visitor visitor = new Visitor(console.url());
      await(() -> havePartitions(visitor.json("/api/path"), stack.consumer(), b));

      List<String> orders = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        orders.add(shop.place());
      }
      for (String order : orders) {
        await(() -> states(visitor, order).equals(List.of("done", "done", "done", "done", "done")));
      }
      assertThat(visitor.json("/api/audit/tables").path("differences").toString())
          .doesNotContain(orders);

      stack.relay().kill();
      String last = shop.place();
      await(() -> states(visitor, last).equals(List.of("done", "done", "done", "done", "done")));
      await(() -> owner(visitor.json("/api/path")).equals(relay.url()));
    } finally {
      stack.relay().start();
      stack.relay().awaitReady(LIMIT);
    }
  }

  /** One that knows this relay, too; B's instances it finds by itself. */
  private StackService console(StackService relay) {
    Map<String, String> environment = new HashMap<>(stack.consoleEnvironment());
    environment.put("CONSOLE_RELAYS", stack.relay().url() + "," + relay.url());
    StackService console =
        new StackService(
            "console", ConsoleService.class, Ports.free(), environment, folder.resolve("another"));
    console.start();
    return console;
  }

  private static String owner(JsonNode path) {
    return path.path("lanes").path(0).path("owner").asText();
  }

  private static boolean havePartitions(JsonNode path, StackService... instances) {
    List<String> busy =
        StreamSupport.stream(path.path("instances").spliterator(), false)
            .filter(one -> !one.path("partitions").isEmpty())
            .map(one -> one.path("url").asText())
            .toList();
    return Stream.of(instances).map(StackService::url).allMatch(busy::contains);
  }

  private JsonNode letter(String eventId) throws Exception {
    return page.json("/api/letters?eventId=" + eventId).path("letters").path(0);
  }

  private String poison() throws Exception {
    String eventId = anHourAgo(); // B remembers it: its partition may have had newer events.
    shop.poison(
        UUID.randomUUID().toString(),
        Map.of(
            "ce_id", eventId, "ce_sequence", "1", "ce_type", "<script>alert(1)</script>\u001b[2J"));
    return eventId;
  }

  private List<String> states(String id) throws IOException, InterruptedException {
    return states(page, id);
  }

  private static List<String> states(Visitor visitor, String id)
      throws IOException, InterruptedException {
    JsonNode events = visitor.json("/api/trace?id=" + id).path("events");
    return StreamSupport.stream(events.path(0).path("hops").spliterator(), false)
        .map(hop -> hop.path("state").asText())
        .toList();
  }

  private static List<String> names(JsonNode event) {
    return StreamSupport.stream(event.path("hops").spliterator(), false)
        .map(hop -> hop.path("name").asText())
        .toList();
  }

  private Path log() {
    return folder.resolve("command.log");
  }

  private String said() throws IOException {
    return Files.readString(log(), UTF_8);
  }

  /** The exit status of a command, in a process of its own. */
  private int command(String... arguments) throws IOException, InterruptedException {
    Files.deleteIfExists(log());
    try (ChildJvm command =
        ChildJvm.start(
            new JvmCommand(
                "command",
                ConsoleService.class.getName(),
                List.of(
                    "-Xmx256m", "-XX:+UseSerialGC", "-DLOG_LEVEL=ERROR", "-Dstdout.encoding=UTF-8"),
                List.of(arguments),
                stack.consoleEnvironment(),
                log()))) {
      return command.waitFor();
    }
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).until(condition);
  }
}
