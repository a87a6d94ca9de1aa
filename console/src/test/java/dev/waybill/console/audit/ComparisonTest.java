package dev.waybill.console.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.waybill.console.audit.AuditReport.Bucket;
import dev.waybill.console.audit.AuditReport.Minute;
import dev.waybill.console.audit.Comparison.Committed;
import dev.waybill.console.audit.Difference.Why;
import dev.waybill.console.systems.Lane;
import dev.waybill.console.systems.OutboxEvent;
import dev.waybill.console.systems.Relays;
import dev.waybill.console.systems.SystemB;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Minutes and buckets tell the same, and B is asked for ids only where they are needed. */
final class ComparisonTest {
  private static final UUID UNKNOWN = new UUID(9, 9);
  private static final OutboxEvent FIRST = BucketsTest.event("a", 1);
  private static final OutboxEvent SECOND = BucketsTest.event("a", 2);
  private static final OutboxEvent OTHER = BucketsTest.event("b", 3);

  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final Committed ours = new Committed();
  private final Digest theirs = new Digest();
  private HttpServer server;
  private Comparison comparison;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        asked -> {
          String answer = answers.get(asked.getRequestURI().getPath());
          byte[] body = (answer == null ? "{}" : answer).getBytes(UTF_8);
          asked.sendResponseHeaders(answer == null ? 404 : 200, body.length);
          asked.getResponseBody().write(body);
          asked.close();
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    answers.put(
        "/instances", "{\"instances\": [{\"url\": \"%s\", \"partitions\": [0]}]}".formatted(url));
    comparison = new Comparison(new Applied(new SystemB(List.of(url)), 1), lanes());
    List.of(FIRST, SECOND, OTHER).forEach(ours::add);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void whereDigestsAreTheSameBIsNotAskedForIds() {
    List.of(FIRST, SECOND, OTHER).forEach(row -> theirs.add(row.eventId()));
    answers.clear();

    Minute minute = compare();

    assertThat(minute.agrees()).isTrue();
    assertThat(minute.published()).isEqualTo(3);
    assertThat(comparison.buckets()).allMatch(Bucket::agrees);
    assertThat(comparison.behind()).isEmpty();
  }

  @Test
  void whatDidNotTakeEffectIsNamedAndItsBucketDiffers() {
    theirs.add(FIRST.eventId());
    theirs.add(OTHER.eventId());
    ids(FIRST.eventId(), OTHER.eventId());
    answers.put(
        "/events",
        "{\"events\": [{\"eventId\": \"%s\", \"status\": \"dead-lettered\"}]}"
            .formatted(SECOND.eventId()));

    Minute minute = compare();

    assertThat(minute.agrees()).isFalse();
    assertThat(minute.differences())
        .singleElement()
        .satisfies(one -> assertThat(one.why()).isEqualTo(Why.DEAD_LETTERED));
    assertThat(comparison.buckets().get(Buckets.of("a")).applied()).isEqualTo(1);
    assertThat(comparison.buckets().get(Buckets.of("b")).agrees()).isTrue();
    assertThat(comparison.behind()).containsOnlyKeys("a").containsValue(Behind.at(SECOND));
  }

  @Test
  void whatOnlyBHasIsOfNoBucket() {
    theirs.add(UNKNOWN);
    ids(FIRST.eventId(), SECOND.eventId(), OTHER.eventId(), UNKNOWN);

    Minute minute = compare();

    assertThat(minute.differences())
        .singleElement()
        .satisfies(one -> assertThat(one.why()).isEqualTo(Why.UNKNOWN_TO_A));
    assertThat(comparison.buckets()).allMatch(Bucket::agrees);
  }

  private Minute compare() {
    return comparison.minute(Instant.EPOCH, ours, theirs);
  }

  private void ids(UUID... ids) {
    answers.put(
        "/digests",
        "{\"partitions\": [0], \"ids\": [\"%s\"]}"
            .formatted(String.join("\", \"", List.of(ids).stream().map(UUID::toString).toList())));
  }

  private static Relays.Lanes lanes() {
    Lane.Cursor past = new Lane.Cursor("200:200:", "", null, 0);
    Lane lane = new Lane(0, "r", past, 0, 0, null, List.of(), List.of());
    return new Relays.Lanes(1, Map.of(0, lane), List.of());
  }
}
