package dev.waybill.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.console.engine.Engine;
import dev.waybill.runtime.Health;
import dev.waybill.runtime.HttpAddress;
import dev.waybill.runtime.Metrics;
import dev.waybill.runtime.ServiceServer;
import dev.waybill.runtime.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The page: who may what, what it says when others are away, and nothing of theirs interpreted. */
final class PagesTest {
  private static final String TOKEN = "0123456789abcdef";
  private static final String HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
  private static final String ID = "01a20d6d-5a00-7000-8000-00000000000a";

  private final HttpClient http = HttpClient.newHttpClient();
  private final FakeServices services = new FakeServices();
  private final Metrics metrics = new Metrics();
  private final Engine engine = services.engine(Map.of());
  private Pages pages = pages(Map.of("CONSOLE_TOKEN", TOKEN));
  private ServiceServer server = server();

  private Pages pages(Map<String, String> environment) {
    HttpAddress address = new HttpAddress("127.0.0.1", 0);
    return new Pages(engine, AccessSettings.from(new Settings(environment), address));
  }

  private ServiceServer server() {
    ServiceServer made =
        new ServiceServer(
            new HttpAddress("127.0.0.1", 0), new Health(), metrics.registry(), pages::addTo);
    made.start();
    return made;
  }

  private void restart(Map<String, String> environment) {
    pages.close();
    server.close();
    pages = pages(environment);
    server = server();
  }

  @AfterEach
  void stop() {
    pages.close();
    server.close();
    engine.close();
    services.close();
    metrics.close();
  }

  @Test
  void everyAnswerForbidsWhatThePageDoesNotNeed() throws Exception {
    for (String path : new String[] {"/", "/find", "/login", "/assets/console.js", "/nothing"}) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.headers().firstValue("Content-Security-Policy"))
          .as(path)
          .hasValueSatisfying(
              policy ->
                  assertThat(policy)
                      .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                      .doesNotContain("unsafe"));
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }
  }

  @Test
  void pagesHaveNothingInlineAndNothingFromOutside() throws Exception {
    for (String path : new String[] {"/", "/find?id=" + ID, "/audit", "/letters", "/login"}) {
      assertThat(get(path).body())
          .as(path)
          .contains("<html lang=\"en\">")
          .doesNotContainPattern("<script(?![^>]* src=\"/assets/)")
          .doesNotContainPattern("<style| style=| on[a-z]+=")
          .doesNotContainPattern("(?:src|href)=\"(?:https?:)?//");
    }
  }

  @Test
  void whatOthersWroteIsText() throws Exception {
    services.answers.put(
        "/dead-letters",
        """
        {"deadLetters": [{"place": "letters-0@1", "eventId": "%1$s", "key": "%1$s", "reason": "%1$s",
          "detail": "%1$s", "at": "%1$s", "state": "open"}], "next": "%1$s"}
        """
            .formatted(json(HOSTILE)));
    services.answers.put(
        "/dead-letters/groups",
        """
        {"groups": [{"reason": "%1$s", "fingerprint": "%1$s", "detail": "%1$s", "count": 1, "open": 1}]}
        """
            .formatted(json(HOSTILE)));
    services.answers.put(
        "/events/" + ID,
        """
        {"eventId": "%2$s", "status": "dead-lettered", "reason": "%1$s", "topic": "%1$s"}
        """
            .formatted(json(HOSTILE), ID));

    for (String path : new String[] {"/letters", "/find?id=" + ID}) {
      assertThat(get(path).body())
          .as(path)
          .contains("&lt;script&gt;")
          .doesNotContain("<script>alert", "<img src=x", "\"'><");
    }
    assertThat(get("/find?id=%3Cscript%3Ealert(1)%3C/script%3E").body())
        .doesNotContain("<script>alert");
  }

  private static String json(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  @Test
  void whoeverIsAwayIsNamedAndTheRestIsShown() throws Exception {
    services.answers.put(
        "/events/" + ID,
        "{\"status\": \"applied\", \"topic\": \"t\", \"partition\": 1, \"offset\": 2, \"at\": \"2026-11-28T07:00:00Z\"}");

    HttpResponse<String> answer = get("/find?id=" + ID);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("Not asked: A", "B applied it", "t-1@2");
    assertThat(get("/journal").statusCode()).isEqualTo(503);
  }

  @Test
  void thePictureOfThePathIsStreamed() throws Exception {
    HttpResponse<InputStream> stream =
        http.send(
            request("/path/stream").header("Accept", "text/event-stream").build(),
            BodyHandlers.ofInputStream());
    try (InputStream body = stream.body()) {
      assertThat(new String(body.readNBytes(60), StandardCharsets.UTF_8))
          .contains("event: path", "data: ");
    }
  }

  @Test
  void idsThatAreNoneAndThatNeverWereAreSaidSo() throws Exception {
    assertThat(get("/api/trace?id=").statusCode()).isEqualTo(400);
    assertThat(get("/api/trace?id=%1b%5b2J").statusCode()).isEqualTo(400);
    assertThat(get("/find?id=%00").statusCode()).isEqualTo(400);
    HttpResponse<String> unknown = get("/api/trace?id=" + ID);
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("A's outbox around the time in the id");
  }

  @Test
  void anotherNameOfThisHostIsRefused() throws Exception {
    assertThat(raw("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 421");
    assertThat(raw("GET /health/live HTTP/1.0\r\n\r\n")).contains(" 200 ");
    assertThat(raw("GET / HTTP/1.1\r\nHost: localhost:99\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void withoutATokenNobodyMayAct() throws Exception {
    restart(Map.of());

    HttpResponse<String> answer = post("/letters/plan", "action=replay", "");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("nobody may act here");
    assertThat(post("/login", "name=a&token=", "").statusCode()).isEqualTo(403);
    assertThat(get("/").body()).contains("read only");
  }

  @Test
  void actionsNeedTheTokenAndTheSessionsOwnForm() throws Exception {
    assertThat(post("/login", "name=anna&token=wrong", "").statusCode()).isEqualTo(403);
    String cookie = logIn();

    String proof = proof(cookie);

    assertThat(post("/letters/plan", "action=replay", cookie).statusCode()).isEqualTo(403);
    assertThat(post("/letters/plan", "action=replay&proof=0", cookie).statusCode()).isEqualTo(403);
    String form = "action=replay&proof=" + proof;
    assertThat(post("/letters/plan", form, "").statusCode()).isEqualTo(403);
    assertThat(post("/letters/plan", form, cookie).statusCode())
        .as("taken; there are no letters")
        .isEqualTo(404);
    for (String[] header :
        new String[][] {
          {"Origin", "http://evil.example"}, {"Origin", "null"}, {"Sec-Fetch-Site", "cross-site"}
        }) {
      assertThat(post("/letters/plan", form, cookie, header).statusCode()).isEqualTo(403);
    }
    assertThat(post("/logout", "proof=" + proof, cookie).statusCode()).isEqualTo(303);
    assertThat(post("/letters/plan", form, cookie).statusCode()).isEqualTo(403);
  }

  @Test
  void whatSomebodyTypedIsKeptBesideWhatIsWrongWithIt() throws Exception {
    assertThat(get("/letters/at/letters-0@1/edit").statusCode()).isEqualTo(403);
    String cookie = logIn();
    String form = "letter=letters-0@1&why=why&key=" + encoded(HOSTILE) + "&headers=";
    assertThat(post("/letters/repair", form, cookie).statusCode()).isEqualTo(403);
    form = "proof=" + proof(cookie) + "&" + form;

    HttpResponse<String> header = post("/letters/repair", form + encoded(HOSTILE), cookie);
    assertThat(header.statusCode()).isEqualTo(400);
    assertThat(header.body())
        .contains("role=\"alert\"", "ce_sequence: 7", "&lt;script&gt;", "value=\"why\"")
        .doesNotContain("<script>alert", "<img src=x");
    HttpResponse<String> value =
        post("/letters/repair", form + "a%3A+1&value=" + encoded("{<b>"), cookie);
    assertThat(value.statusCode()).isEqualTo(400);
    assertThat(value.body()).contains("line 1, column", "a: 1</textarea>", "{&lt;b&gt;</textarea>");
    HttpResponse<String> away = post("/letters/repair", form + "a%3A+1", cookie);
    assertThat(away.statusCode()).isEqualTo(503);
    assertThat(away.body()).contains("Kafka: ", "a: 1</textarea>");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private String proof(String cookie) throws IOException, InterruptedException {
    String page =
        http.send(request("/letters").header("Cookie", cookie).build(), BodyHandlers.ofString())
            .body();
    assertThat(page).contains("anna");
    Matcher proof = Pattern.compile("name=\"proof\" value=\"([0-9a-f]{64})\"").matcher(page);
    assertThat(proof.find()).isTrue();
    return proof.group(1);
  }

  @Test
  void theSessionIsInACookieThatNoScriptAndNoOtherSiteHas() throws Exception {
    HttpResponse<String> answer = post("/login", "name=anna&token=" + TOKEN, "");

    assertThat(answer.headers().firstValue("Set-Cookie"))
        .hasValueSatisfying(
            cookie -> assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict"));
  }

  @Test
  void theProxysHeaderSaysWhoActs() throws Exception {
    restart(Map.of("CONSOLE_USER_HEADER", "X-Remote-User"));

    HttpResponse<String> answer =
        http.send(
            request("/letters").header("X-Remote-User", HOSTILE).build(), BodyHandlers.ofString());

    assertThat(answer.body())
        .contains("&lt;script&gt;", "name=\"proof\"")
        .doesNotContain("<script>a");
  }

  private String logIn() throws Exception {
    HttpResponse<String> answer = post("/login", "name=anna&token=" + TOKEN, "");
    assertThat(answer.statusCode()).isEqualTo(303);
    return answer.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String form, String cookie, String... header)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form));
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    if (header.length == 2) {
      request.header(header[0], header[1]);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
