package dev.waybill.consumer.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.consumer.http.NotAvailableException;
import dev.waybill.deduplication.DeadLetterHeaders;
import dev.waybill.deduplication.LetterAction;
import dev.waybill.runtime.Health;
import dev.waybill.runtime.HttpAddress;
import dev.waybill.runtime.Metrics;
import dev.waybill.runtime.Problem;
import dev.waybill.runtime.ServiceServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LetterRoutesTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Metrics metrics = new Metrics();
  private final LetterIndex index = new LetterIndex();
  private boolean isRead = true;
  private final ServiceServer server =
      new ServiceServer(
          new HttpAddress("127.0.0.1", 0),
          new Health(),
          metrics.registry(),
          config -> {
            new LetterRoutes(index, () -> isRead).addTo(config);
            config.routes.exception(
                NotAvailableException.class,
                (away, context) ->
                    Problem.of(503, "Not available now", String.valueOf(away.getMessage()))
                        .writeTo(context));
          });

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
  void letterIsShownWithWhatBecameOfIt() throws Exception {
    index.add(Records.letter(7));
    index.add(Records.action(8, LetterAction.Kind.DISCARD, 7, "anna"));

    assertThat(json("/dead-letters"))
        .isEqualTo(
            JSON.readTree(
                """
                {"deadLetters": [
                  {"place": "letters-0@7", "eventId": "01a20d6d-5a00-7000-8000-000000000007",
                   "key": "k7", "reason": "UNDECODABLE", "detail": "no schema 7",
                   "fingerprint": "%s", "source": "orders.events-1@7",
                   "at": "2026-11-28T12:00:07Z", "state": "discarded",
                   "stateAt": "2026-11-28T12:00:08Z", "replays": 0,
                   "discardedBy": "anna", "discardReason": "why", "whole": true}],
                 "truncated": false}
                """
                    .formatted(Fingerprint.of("UNDECODABLE", "no schema 7"))));
    assertThat(json("/dead-letters/groups?state=discarded"))
        .isEqualTo(
            JSON.readTree(
                """
                {"groups": [
                  {"reason": "UNDECODABLE", "fingerprint": "%s", "detail": "no schema 7",
                   "count": 1, "open": 0, "oldest": "2026-11-28T12:00:07Z",
                   "newest": "2026-11-28T12:00:07Z"}],
                 "truncated": false}
                """
                    .formatted(Fingerprint.of("UNDECODABLE", "no schema 7"))));
  }

  @Test
  void pagesFollowEachOther() throws Exception {
    for (int i = 0; i < 3; i++) {
      index.add(Records.letter(i));
    }

    JsonNode page = json("/dead-letters?limit=2");
    assertThat(page.path("deadLetters")).hasSize(2);
    JsonNode last = json("/dead-letters?limit=2&after=" + page.path("next").asText());
    assertThat(last.path("deadLetters")).hasSize(1);
    assertThat(last.has("next")).isFalse();
  }

  @Test
  void parameterThatCannotBeReadIsNamed() throws Exception {
    for (String query :
        new String[] {
          "limit=0",
          "limit=1001",
          "limit=x",
          "after=x",
          "state=open&state=open",
          "state=gone",
          "eventId=42",
          "from=yesterday",
          "to=1",
          "colour=red"
        }) {
      HttpResponse<String> refusal = get("/dead-letters?" + query);
      assertThat(refusal.statusCode()).as(query).isEqualTo(400);
      assertThat(refusal.headers().firstValue("content-type").orElse(""))
          .startsWith("application/problem+json");
      assertThat(refusal.body()).contains(query.substring(0, query.indexOf('=')));
    }
    assertThat(get("/dead-letters/groups?limit=1").statusCode()).isEqualTo(400);
  }

  @Test
  void untilTheTopicIsReadThereIsNoAnswer() throws Exception {
    isRead = false;

    assertThat(get("/dead-letters").statusCode()).isEqualTo(503);
    assertThat(get("/dead-letters/groups").statusCode()).isEqualTo(503);
  }

  @Test
  void whateverIsInHeadersIsData() throws Exception {
    RecordHeaders headers = new RecordHeaders();
    headers.add(DeadLetterHeaders.REASON, "<script>alert(1)</script>".getBytes(UTF_8));
    headers.add(
        DeadLetterHeaders.DETAIL, ("\u001b[31m\u0000\"\r\n" + "x".repeat(5_000)).getBytes(UTF_8));
    headers.add(DeadLetterHeaders.EVENT_ID, "no id".getBytes(UTF_8));
    headers.add(DeadLetterHeaders.TOPIC, new byte[] {(byte) 0xff, (byte) 0xfe});
    headers.add(DeadLetterHeaders.VALUE_BYTES, "9".getBytes(UTF_8));
    headers.add(LetterAction.ACTION, "discard".getBytes(UTF_8));
    index.add(Records.record(0, 0, "k\u0007".repeat(1_000), headers));

    JsonNode letter = json("/dead-letters").path("deadLetters").path(0);
    assertThat(letter.path("reason").asText()).isEqualTo("<script>alert(1)</script>");
    assertThat(letter.path("detail").asText()).startsWith("\u001b[31m\u0000\"\r\n").hasSize(1_000);
    assertThat(letter.path("key").asText()).hasSize(Letter.LONGEST_KEY);
    assertThat(letter.has("eventId")).isFalse();
    assertThat(letter.path("whole").asBoolean()).isFalse();
    assertThat(letter.path("state").asText()).isEqualTo("open");
  }

  @Test
  void metricsHaveTheNamesOfThePage() {
    try (DeadLetters letters = new DeadLetters(Clock.systemUTC())) {
      letters.register(metrics.registry());

      assertThat(metrics.registry().scrape())
          .contains("waybill_consumer_dead_letters_open NaN")
          .contains("waybill_consumer_dead_letters_oldest_open_age_seconds NaN")
          .contains("waybill_consumer_dead_letters_open_by_reason{reason=\"UNDECODABLE\"} NaN")
          .contains("waybill_consumer_dead_letters_open_by_reason{reason=\"other\"} NaN");
    }
  }

  private JsonNode json(String path) throws Exception {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
