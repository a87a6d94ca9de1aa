package dev.waybill.proof.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.console.systems.EventIds;
import dev.waybill.stack.LocalStack;
import dev.waybill.stack.StackLayout;
import dev.waybill.stack.StackService;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The console's page in a real browser, over a whole stack. */
@ExtendWith(Chromium.class)
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class PageTest {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private LocalStack stack;
  private Shop shop;
  private Browser browser;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    stack =
        LocalStack.start(
            StackLayout.onFreePorts(Files.createDirectory(folder.resolve("stack"))), part -> {});
    shop = new Shop(stack);
    browser = Browser.start(stack.startConsole().url(), folder);
  }

  @AfterAll
  void stop() {
    if (browser != null) {
      browser.close();
    }
    stack.close();
  }

  @BeforeEach
  void lookFromTheDesk() {
    browser.wide();
  }

  @AfterEach
  void theBrowserHadNothingToComplainOf() {
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  @Order(1) // While nothing was refused.
  void thePathShowsEachHopWhileOrdersFlow() throws Exception {
    browser.open("/");
    browser.await(
        () -> {
          shop.place();
          assertThat(browser.text(".verdict")).contains("Everything flows");
          assertThat(browser.texts(".hop h2"))
              .containsExactly("A's outbox", "relay", "B", "dead letters");
          assertThat(browser.texts(".hop .state")).containsOnly("✓ flows");
          assertThat(browser.texts(".hop dd:first-of-type").subList(0, 3))
              .allMatch(rate -> rate.matches("[0-9.]+/s") && !rate.equals("0.0/s"));
        });
    assertThat(browser.text()).contains("Lanes of the relay", stack.consumer().url());
    browser.picture("path");
    browser.narrow();
    browser.picture("path-narrow");
  }

  @Test
  void anOrderIsFoundAndWhereItWaitsIsSaid() throws Exception {
    String order = shop.place();
    browser.open("/find");
    browser.type("#id", order + "\n");
    browser.await(() -> assertThat(browser.text("h2")).contains(order));
    browser.awaitAt(
        "/find?id=" + order,
        () -> assertThat(browser.texts(".trace .state")).hasSize(5).containsOnly("✓ done"));
    assertThat(browser.text())
        .contains("the same at version 1", "orders.events-", "B applied it", "committed");
    browser.picture("trace");
    itWaitsForTheRelay();
    itWaitsForB();
  }

  private void itWaitsForTheRelay() throws Exception {
    stack.relay().kill();
    String order = shop.place();
    browser.awaitAt(
        "/find?id=" + order,
        () ->
            assertThat(browser.texts(".trace li").subList(0, 2))
                .satisfiesExactly(
                    committed -> assertThat(committed).contains("✓ done", "committed"),
                    published ->
                        assertThat(published)
                            .contains("? unknown", "the relay does not answer", "nobody answers")));
    assertThat(browser.text(".card .state")).contains("waiting", "A has version 1, and B nothing");
    browser.open("/");
    browser.await(() -> assertThat(browser.text(".hop:nth-child(2)")).contains("no answer"));
    again(stack.relay());
    isDone(order);
  }

  private void itWaitsForB() throws Exception {
    stack.consumer().kill();
    String order = shop.place();
    browser.awaitAt(
        "/find?id=" + order,
        () ->
            assertThat(browser.texts(".trace .state"))
                .containsExactly("✓ done", "✓ done", "✓ done", "… waiting", "– not there"));
    assertThat(browser.text()).contains("Not asked: B", "nobody answers");
    browser.open("/");
    browser.await(() -> assertThat(browser.text(".hop:nth-child(3)")).contains("no answer"));
    again(stack.consumer());
    isDone(order);
  }

  private static void again(StackService service) {
    service.start();
    service.awaitReady(LIMIT);
  }

  private void isDone(String order) {
    browser.awaitAt(
        "/find?id=" + order,
        () -> assertThat(browser.texts(".trace .state")).hasSize(5).containsOnly("✓ done"));
  }

  @Test
  void whatIsNoIdAndWhatNeverWasGetTheirOwnWords() {
    String never = UUID.randomUUID().toString();
    browser.open("/find");
    browser.type("#id", never + "\n");
    browser.await(() -> assertThat(browser.text()).contains("Nothing is known of this id"));
    assertThat(browser.text()).contains("A's outbox", "A's orders", "B's ids");
    browser.open("/find?id=%1b%5b2J");
    assertThat(browser.text()).contains("400: no id has control characters in it");
    browser.open("/find?id=" + "a".repeat(201));
    assertThat(browser.text()).contains("400: no id has more than 200 characters");
  }

  @Test
  void aRowThatWasChangedByHandIsFound() throws Exception {
    String order = shop.place();
    isDone(order);
    browser.awaitAt(
        "/audit/tables",
        () -> assertThat(browser.text(".verdict")).contains("✓ A and B have the same orders"));
    shop.changeByHand(order, "CANCELLED");
    browser.open("/audit");
    browser.await(() -> assertThat(browser.text("#audited")).contains("in all of these minutes"));
    browser.press("Compare the tables of orders");
    browser.await(() -> assertThat(browser.text(".verdict")).contains("≠ A and B do not have"));
    assertThat(browser.texts("tbody tr"))
        .singleElement()
        .asString()
        .contains(order, "diverged", "CANCELLED", "PLACED");
    browser.press(order);
    browser.await(() -> assertThat(browser.text(".card .state")).contains("≠ diverged"));
    shop.changeByHand(order, "PLACED");
  }

  @Test
  void aGroupOfLettersIsReplayedDiscardedAndRestored() throws Exception {
    String one = Shop.newId();
    shop.poison("a1", Map.of("ce_id", one, "ce_sequence", "1", "ce_type", "OrderPlaced"));
    shop.poison("a2", Map.of("ce_id", Shop.newId(), "ce_sequence", "1"));
    browser.awaitAt(
        "/find?id=" + one,
        () -> assertThat(browser.text()).contains("≠ diverged", "a dead letter: UNDECODABLE"));
    logIn("anna");
    browser.awaitAt(
        "/letters",
        () ->
            assertThat(browser.texts("tbody tr"))
                .anyMatch(row -> row.matches("(?s)UNDECODABLE .* 2 2 [0-9-]+T.*")));
    browser.picture("letters");
    everyOneIs("replay", "", "failed again");
    everyOneIs("discard", "from a test", "done");
    browser.awaitAt("/letters?state=discarded&eventId=" + one, this::openTheOnlyLetter);
    assertThat(browser.text())
        .contains("by anna: from a test", "6 bytes", "wire format", "70 6f 69 73 6f 6e")
        .doesNotContain("poison");
    browser.press("See what restore would do");
    carriedOut("restore", 1, "done");
    browser.awaitAt(
        "/letters?state=discarded&eventId=" + one,
        () -> assertThat(browser.text()).contains("There are no such letters"));
    browser.open("/journal");
    assertThat(browser.texts("tbody tr"))
        .anyMatch(row -> row.matches("(?s).*anna.*replay finished.*failed again=2.*"))
        .anyMatch(row -> row.matches("(?s).*anna.*discard finished.*done=2.*"))
        .anyMatch(row -> row.matches("(?s).*anna.*discard planned.*from a test.*"))
        .anyMatch(row -> row.matches("(?s).*anna.*restore planned.*"));
  }

  @Test
  void aLetterIsEditedAndReplayed() throws Exception {
    String id = EventIds.make(Instant.now().minus(Duration.ofHours(1))).toString();
    shop.erase(UUID.randomUUID().toString(), Map.of("ce_id", id, "ce_type", "<b>Erased</b>"));
    logIn("anna");
    browser.awaitAt("/letters?eventId=" + id, this::openTheOnlyLetter);
    assertThat(browser.text()).contains("MISSING_VERSION", "a tombstone");
    browser.press("Edit and replay");
    browser.await(() -> assertThat(browser.text("h1")).isEqualTo("Edit and replay"));
    browser.narrow();
    assertThat(browser.overhang()).isLessThanOrEqualTo(0);
    browser.type("[name=headers]", "\nce_sequence");
    browser.type("[name=why]", "the version\n");
    browser.await(() -> assertThat(browser.text("[role=alert]")).contains("'ce_sequence: 7'"));
    browser.type("[name=headers]", ": 1");
    browser.press("See what it would change");
    browser.await(() -> assertThat(browser.text("h1")).isEqualTo("What would happen"));
    assertThat(browser.text()).contains("Nothing is done yet", id);
    assertThat(browser.texts("tbody tr")).containsExactly("ce_sequence none 1");
    browser.picture("repair");
    browser.click("button.danger");
    browser.await(
        () ->
            assertThat(browser.text("#progress"))
                .contains("repair by anna: finished", "1 applied"));
    browser.open("/journal");
    assertThat(browser.texts("tbody tr"))
        .anyMatch(row -> row.matches("(?s).*anna.*repair planned.*the version.*ce_sequence.*"));
  }

  @Test
  void anEventThatCannotBePublishedIsLetPass() throws Exception {
    stack.relay().kill();
    String order = shop.place();
    shop.breakEvent(order);
    stack.relay().start();
    logIn("anna");
    browser.awaitAt(
        "/find?id=" + order,
        () -> assertThat(browser.text(".trace li:nth-child(2)")).contains("… waiting", "4711"));
    browser.press("Let this event pass");
    browser.type("[name=why]", "a test");
    browser.press("Let it pass");
    browser.await(() -> assertThat(browser.text()).contains("it is a dead letter now"));
    stack.relay().awaitReady(LIMIT);
    isDone(shop.place());
    browser.open("/journal");
    assertThat(browser.texts("tbody tr"))
        .anyMatch(row -> row.matches("(?s).*anna.*quarantine.*a test.*"));
    shop.forget(order);
  }

  /** Plans, begins, and waits for the end. */
  private void everyOneIs(String action, String why, String outcome) {
    browser.open("/letters");
    browser.pressIn("UNDECODABLE", action);
    browser.type("details[open] input[name=why]", why);
    browser.click("details[open] button");
    carriedOut(action, 2, outcome);
  }

  /** From the plan to the end, which is the same for all. */
  private void carriedOut(String action, int letters, String outcome) {
    browser.await(() -> assertThat(browser.text("h1")).isEqualTo("What would happen"));
    assertThat(browser.text()).contains("Nothing is done yet", letters + " would be done");
    browser.click("button.danger");
    browser.await(
        () ->
            assertThat(browser.text("#progress"))
                .contains(
                    action + " by",
                    ": finished",
                    letters + " of " + letters + (letters == 1 ? " letter." : " letters."),
                    letters + " " + outcome));
    assertThat(browser.count("progress[max='" + letters + "'][value='" + letters + "']")).isOne();
  }

  private void openTheOnlyLetter() {
    assertThat(browser.texts("a[href^='/letters/at/']")).as(browser.text()).hasSize(1);
    browser.click("a[href^='/letters/at/']");
    browser.await(() -> assertThat(browser.text("h1")).isEqualTo("Dead letter"));
  }

  private void logIn(String name) {
    browser.open("/login");
    browser.type("[name=name]", name);
    browser.type("[name=token]", "not the right one\n");
    browser.await(() -> assertThat(browser.text()).contains("That is not the token"));
    browser.type("[name=name]", name);
    browser.type("[name=token]", stack.token() + "\n");
    browser.await(() -> assertThat(browser.text(".who")).contains(name, "Log out"));
  }

  @Test
  void whatArrivesIsTextAndNothingElse() throws Exception {
    String id = Shop.newId();
    String script = "<script>document.title = 'ran'</script>";
    String image = "<img src=x onerror=\"document.title = 'ran'\">";
    String link = "\"><a href=\"javascript:document.title = 'ran'\">key</a>";
    shop.poison(
        link,
        Map.of(
            "ce_id", id, "ce_sequence", image, "ce_type", script + "\u001b[2J\u0007", image, "x"));
    logIn(script);
    browser.awaitAt("/letters?eventId=" + id, () -> isText(image, script));
    browser.awaitAt("/letters?eventId=" + id, this::openTheOnlyLetter);
    isText(script, image, link);
    browser.type("form:has([value=discard]) [name=why]", link);
    browser.press("See what discard would do");
    carriedOut("discard", 1, "done");
    isText(script);
    browser.open("/journal");
    isText(script, link);
    browser.open("/find?id=" + URLEncoder.encode(link + script, UTF_8));
    isText("Nothing is known of this id");
    browser.open("/letters?reason=" + URLEncoder.encode(link, UTF_8));
    isText("");
  }

  /** Nothing of the page was made of what arrived, and nothing of it ran. */
  private void isText(String... parts) {
    assertThat(browser.text("body")).contains(parts);
    assertThat(browser.count("body script, body img, a[href^=javascript]")).isZero();
    assertThat(browser.title()).endsWith(" · Waybill");
  }

  @Test
  void aLetterIsDiscardedByKeyboardAlone() throws Exception {
    String id = Shop.newId();
    shop.poison("c1", Map.of("ce_id", id, "ce_sequence", "none"));
    browser.forget();
    browser.awaitAt(
        "/letters?eventId=" + id,
        () -> assertThat(browser.count("a[href^='/letters/at/']")).isOne());
    browser.tabTo("Log in to act");
    browser.keys(Keys.ENTER);
    browser.await(() -> assertThat(browser.text("h1")).isEqualTo("Log in"));
    browser.tabTo("name");
    browser.keys("bob", Keys.TAB, stack.token(), Keys.ENTER);
    browser.await(() -> assertThat(browser.text(".who")).contains("bob"));
    browser.open("/letters?eventId=" + id);
    browser.tabTo("Filter");
    browser.tabTo(id);
    browser.keys(Keys.TAB, Keys.ENTER);
    browser.await(() -> assertThat(browser.text("h1")).isEqualTo("Dead letter"));
    browser.tabTo("See what replay would do");
    browser.keys(Keys.TAB, "by keyboard", Keys.TAB, Keys.ENTER);
    browser.await(() -> assertThat(browser.text("h1")).isEqualTo("What would happen"));
    browser.tabTo("discard 1 letter");
    browser.keys(Keys.ENTER);
    browser.await(
        () -> assertThat(browser.text("#progress")).contains("discard by bob: finished", "1 done"));
  }

  @Test
  void everyPageFitsAPhone() throws Exception {
    String order = shop.place();
    isDone(order);
    browser.narrow();
    for (String page :
        List.of("/", "/find", "/find?id=" + order, "/audit/tables", "/letters", "/journal")) {
      browser.open(page);
      browser.await(() -> assertThat(browser.count("[aria-busy]")).as(page).isZero());
      assertThat(browser.overhang()).as(page).isLessThanOrEqualTo(0);
    }
    browser.open("/audit");
    browser.await(() -> assertThat(browser.count("#audited .verdict")).isOne());
    assertThat(browser.overhang()).isLessThanOrEqualTo(0);
  }
}
