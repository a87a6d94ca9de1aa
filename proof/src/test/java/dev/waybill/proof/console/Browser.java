package dev.waybill.proof.console;

import dev.waybill.stack.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.ImmutableCapabilities;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.remote.RemoteWebDriver;

/**
 * A Chromium without a window and with a new profile, and somebody who looks at its pages, clicks
 * and types. Waits for what is to be seen; never just waits. Of one thread.
 */
final class Browser implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final int MOST_TABS = 60;

  /** What it tells of a page that is refused: it is asked for such, too. */
  private static final String REFUSED = "the server responded with a status of 4";

  private static final @Nullable String PICTURES = System.getProperty("waybill.screenshots");

  private final Process driver;
  private final RemoteWebDriver web;
  private final String url;

  private Browser(Process driver, RemoteWebDriver web, String url) {
    this.driver = driver;
    this.web = web;
    this.url = url;
  }

  /**
   * Starts it.
   *
   * @param url of what it looks at
   * @param folder of its profile and its driver's log
   */
  static Browser start(String url, Path folder) throws IOException {
    int port = Ports.free();
    Process driver =
        new ProcessBuilder(Chromium.program("chromedriver").toString(), "--port=" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("chromedriver.log").toFile())
            .start();
    try {
      return new Browser(driver, connect(port, folder.resolve("profile")), url);
    } catch (RuntimeException failure) {
      end(driver);
      throw failure;
    }
  }

  private static RemoteWebDriver connect(int port, Path profile) throws IOException {
    ImmutableCapabilities wanted =
        new ImmutableCapabilities(
            Map.of(
                "browserName",
                "chrome",
                "pageLoadStrategy", // A stream of events keeps a page loading.
                "eager",
                "goog:loggingPrefs",
                Map.of(LogType.BROWSER, Level.ALL.getName()),
                "goog:chromeOptions",
                Map.of(
                    "binary",
                    Chromium.program("chromium").toString(),
                    "args",
                    List.of(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--lang=en",
                        "--user-data-dir=" + profile))));
    URI address = URI.create("http://127.0.0.1:" + port);
    return Awaitility.await()
        .pollInSameThread()
        .atMost(LIMIT)
        .ignoreExceptionsInstanceOf(WebDriverException.class) // It does not answer yet.
        .until(() -> new RemoteWebDriver(address.toURL(), wanted, false), web -> true);
  }

  /** As on a desk. */
  void wide() {
    web.manage().window().setSize(new Dimension(1280, 900));
  }

  /** As on a phone. */
  void narrow() {
    web.manage().window().setSize(new Dimension(390, 844));
  }

  /** Is somebody who was never here. */
  void forget() {
    web.manage().deleteAllCookies();
  }

  void open(String path) {
    web.get(url + path);
  }

  String title() {
    return String.valueOf(web.getTitle());
  }

  /** What is to be read. */
  String text() {
    return text("main");
  }

  /** What is to be read in the first element that a selector finds. */
  String text(String selector) {
    return web.findElement(By.cssSelector(selector)).getText();
  }

  /** What is to be read in each. */
  List<String> texts(String selector) {
    return web.findElements(By.cssSelector(selector)).stream().map(WebElement::getText).toList();
  }

  int count(String selector) {
    return web.findElements(By.cssSelector(selector)).size();
  }

  void click(String selector) {
    web.findElement(By.cssSelector(selector)).click();
  }

  /** Clicks what has exactly this text: a link, a button or what opens more. */
  void press(String text) {
    web.findElement(
            By.xpath(
                "//*[self::a or self::button or self::summary][normalize-space()='" + text + "']"))
        .click();
  }

  /** The same, only in the row of a table that has this text, too. */
  void pressIn(String row, String text) {
    web.findElement(
            By.xpath(
                "//tr[contains(.,'"
                    + row
                    + "')]//*[self::a or self::button or self::summary][normalize-space()='"
                    + text
                    + "']"))
        .click();
  }

  void type(String selector, String text) {
    web.findElement(By.cssSelector(selector)).sendKeys(text);
  }

  /** Without a mouse: goes on until the focus is on what has this text or name. */
  void tabTo(String textOrName) {
    for (int tabs = 0; tabs < MOST_TABS; tabs++) {
      keys(Keys.TAB);
      WebElement focused = web.switchTo().activeElement();
      if (focused.getText().equals(textOrName)
          || textOrName.equals(focused.getDomAttribute("name"))) {
        return;
      }
    }
    throw new AssertionError("no way by keyboard to " + textOrName + " in\n" + text());
  }

  void keys(CharSequence... keys) {
    new Actions(web).sendKeys(keys).perform();
  }

  /** Waits until what is to be seen is so. */
  void await(ThrowingRunnable assertion) {
    Awaitility.await()
        .pollInSameThread()
        .pollInterval(Duration.ofMillis(100))
        .atMost(LIMIT)
        .ignoreExceptionsInstanceOf(WebDriverException.class)
        .untilAsserted(assertion);
  }

  /** As {@link #await}, with the page opened anew each time. */
  void awaitAt(String path, ThrowingRunnable assertion) {
    Awaitility.await()
        .pollInSameThread()
        .pollInterval(Duration.ofMillis(300))
        .atMost(LIMIT)
        .ignoreExceptionsInstanceOf(WebDriverException.class)
        .untilAsserted(
            () -> {
              open(path);
              assertion.run();
            });
  }

  /** How much wider the page is than what it is seen through, in pixels. */
  long overhang() {
    Object pixels =
        web.executeScript(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    return pixels instanceof Number number ? number.longValue() : Long.MAX_VALUE;
  }

  /** What the browser complained of since it was asked last; not that a page was refused. */
  List<String> complaints() {
    return web.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(entry -> entry.getLevel() + " " + entry.getMessage())
        .filter(entry -> !entry.contains(REFUSED))
        .toList();
  }

  /** Into the folder of {@code -Dwaybill.screenshots}, if there is one. */
  void picture(String name) throws IOException {
    if (PICTURES != null) {
      Path folder = Files.createDirectories(Path.of(PICTURES));
      Files.write(folder.resolve(name + ".png"), web.getScreenshotAs(OutputType.BYTES));
    }
  }

  @Override
  public void close() {
    try {
      web.quit();
    } finally {
      end(driver);
    }
  }

  private static void end(Process driver) {
    driver.descendants().forEach(ProcessHandle::destroyForcibly);
    driver.destroyForcibly().onExit().join();
  }
}
