package dev.waybill.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.relay.lane.QuarantineRefusedException;
import dev.waybill.relay.topic.DeadLetters;
import dev.waybill.relay.watch.LaneBoard;
import dev.waybill.runtime.Health;
import dev.waybill.runtime.HttpAddress;
import dev.waybill.runtime.Metrics;
import dev.waybill.runtime.ServiceServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayRoutesTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String TOKEN = "a token of sixteen".replace(' ', '-');
  private static final UUID EVENT = UUID.fromString("01a20d6d-5a00-7000-8000-000000000001");
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final String BODY =
      "{\"eventId\": \"%s\", \"reason\": \"a test\", \"by\": \"anna\"}".formatted(EVENT);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Metrics metrics = new Metrics();
  private final Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
  private final LaneBoard board = new LaneBoard(metrics.registry(), clock);
  private final QuarantineRoute quarantine = new QuarantineRoute(TOKEN, clock);
  private final List<DeadLetters.Verdict> verdicts = new ArrayList<>();
  private final ServiceServer server = server(quarantine);

  private ServiceServer server(QuarantineRoute route) {
    return new ServiceServer(
        new HttpAddress("127.0.0.1", 0),
        new Health(),
        metrics.registry(),
        config -> {
          new LaneRoute(board, "one", Duration.ofSeconds(30)).addTo(config);
          route.addTo(config);
        });
  }

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
    metrics.close();
  }

  @Test
  void lanesAreShownOwnedOrNot() throws Exception {
    board.layout(2);
    board.laneStarted(1, null);

    HttpResponse<String> answer = get("/lanes");

    assertThat(JSON.readTree(answer.body()))
        .isEqualTo(
            JSON.readTree(
                """
                {"layout": 2, "instance": "one", "lanes": [
                  {"lane": 0, "owned": false, "published": 0, "waiting": [], "quarantined": []},
                  {"lane": 1, "owned": true, "published": 0, "waiting": [], "quarantined": []}]}
                """));
    assertThat(get("/lanes?lane=1").statusCode()).isEqualTo(400);
  }

  @Test
  void eventIsLetPassForWhoHasTheToken() throws Exception {
    quarantine.open(this::letPass);

    HttpResponse<String> answer = post(server, "Bearer " + TOKEN, BODY);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(answer.body()))
        .isEqualTo(JSON.readTree("{\"eventId\": \"%s\", \"now\": true}".formatted(EVENT)));
    assertThat(verdicts).containsExactly(new DeadLetters.Verdict("a test", "anna", NOON));
    assertThat(post(server, "bearer " + TOKEN, BODY).body()).contains("\"now\":false");
  }

  @Test
  void withoutTheTokenNothingIsDone() throws Exception {
    quarantine.open(this::letPass);

    for (String given :
        new String[] {null, "", "Bearer", "Bearer ", "Bearer x", "Basic " + TOKEN, TOKEN}) {
      HttpResponse<String> refusal = post(server, given, BODY);
      assertThat(refusal.statusCode()).as(given).isEqualTo(401);
      assertThat(refusal.headers().firstValue("www-authenticate")).hasValue("Bearer");
    }
    assertThat(verdicts).isEmpty();
  }

  @Test
  void relayWithoutATokenTakesNoActions() throws Exception {
    QuarantineRoute closed = new QuarantineRoute(null, clock);
    closed.open(this::letPass);
    try (ServiceServer other = server(closed)) {
      other.start();

      HttpResponse<String> refusal = post(other, "Bearer null", BODY);

      assertThat(refusal.statusCode()).isEqualTo(403);
      assertThat(refusal.body()).contains("RELAY_ACTION_TOKEN is not set");
    }
    assertThat(verdicts).isEmpty();
  }

  @Test
  void whatIsRefusedSaysWhyAndWhatIsAwayMayBeAskedAgain() throws Exception {
    assertThat(post(server, "Bearer " + TOKEN, BODY).statusCode()).as("starting").isEqualTo(503);
    quarantine.open(
        (event, verdict) -> {
          throw new QuarantineRefusedException("no aggregate waits since " + event);
        });
    HttpResponse<String> refusal = post(server, "Bearer " + TOKEN, BODY);
    assertThat(refusal.statusCode()).isEqualTo(409);
    assertThat(refusal.body()).contains("no aggregate waits since " + EVENT);
    quarantine.open(
        (event, verdict) -> {
          throw new SQLException("away");
        });
    HttpResponse<String> away = post(server, "Bearer " + TOKEN, BODY);
    assertThat(away.statusCode()).isEqualTo(503);
    assertThat(away.body()).contains("not known to be done");
  }

  @Test
  void fieldThatCannotBeUsedIsNamed() throws Exception {
    quarantine.open(this::letPass);
    assertRefused("eventId", BODY.replace(EVENT.toString(), "1-1-1-1-1"));
    assertRefused("reason", BODY.replace("a test", " "));
    assertRefused("reason", BODY.replace("a test", "x".repeat(1_001)));
    assertRefused("reason", BODY.replace("a test", "\\u001b[31m"));
    assertRefused("by", BODY.replace("anna", ""));
    assertRefused("JSON", BODY.replace("by", "whom"));
    assertRefused("JSON", "null");
    assertRefused("JSON", "");
    assertThat(verdicts).isEmpty();
  }

  private void assertRefused(String named, String body) throws Exception {
    HttpResponse<String> refusal = post(server, "Bearer " + TOKEN, body);
    assertThat(refusal.statusCode()).as(body).isEqualTo(400);
    assertThat(refusal.body()).contains(named);
  }

  private boolean letPass(UUID event, DeadLetters.Verdict verdict) {
    assertThat(event).isEqualTo(EVENT);
    verdicts.add(verdict);
    return verdicts.size() == 1;
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(server, path)));
  }

  private HttpResponse<String> post(ServiceServer to, @Nullable String authorization, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(to, "/quarantine"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return send(authorization == null ? request : request.header("Authorization", authorization));
  }

  private static URI uri(ServiceServer to, String path) {
    return URI.create("http://127.0.0.1:" + to.port() + path);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
