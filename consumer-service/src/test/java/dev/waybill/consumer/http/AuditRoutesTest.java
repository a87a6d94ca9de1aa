package dev.waybill.consumer.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.deduplication.AggregateVersions;
import dev.waybill.deduplication.ContentDigest;
import dev.waybill.deduplication.Reason;
import dev.waybill.deduplication.RememberedEvent;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the operators' questions are answered. */
class AuditRoutesTest extends TwoInstances {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  @Test
  void aggregateOfAnyKeyIsAnsweredByWhoKeepsIt() throws Exception {
    String key = "a/b c+d%ü?#";
    there.aggregates.put(
        key,
        new AggregateVersions(
            9,
            List.of(new AggregateVersions.Range(2, 2), new AggregateVersions.Range(4, 5)),
            List.of(11L)));
    here.place = new Place.There(new HostInfo("127.0.0.1", two.port()));
    String path = "/aggregates/" + URLEncoder.encode(key, UTF_8).replace("+", "%20");

    JsonNode found = json(path.replace("%2F", "/"));

    assertThat(found)
        .isEqualTo(
            JSON.readTree(
                """
                {"key": "a/b c+d%ü?#", "partition": 2, "lastVersion": 9,
                 "outstanding": [2, 4, 5], "deadLetters": [11]}
                """));
    assertThat(get("/aggregates/unknown").statusCode()).isEqualTo(404);
    there.place = new Place.There(new HostInfo("127.0.0.1", one.port()));
    assertThat(get("/aggregates/x").statusCode()).as("passed on once").isEqualTo(503);
  }

  @Test
  void ofManyOutstandingVersionsTheFirstAreShownAndAllCounted() throws Exception {
    here.aggregates.put(
        "a",
        new AggregateVersions(
            2_000_000, List.of(new AggregateVersions.Range(2, 1_000_001)), List.of()));

    JsonNode found = json("/aggregates/a");

    assertThat(found.path("outstanding")).hasSize(1_000);
    assertThat(found.path("outstandingCount").asLong()).isEqualTo(1_000_000);
  }

  @Test
  void digestsAreOfTheEventsThatTookEffectHereByTheMinuteOfTheirIds() throws Exception {
    UUID first = put(NOON, 1, null);
    UUID second = put(NOON.plusSeconds(59), 2, null);
    UUID unusedLetter = put(NOON.plusSeconds(60), 3, Reason.UNDECODABLE);
    UUID unusedLater = put(NOON.plusSeconds(120), 4, null);

    assertThat(json("/digests?from=2026-11-24T12:00:00Z&to=2026-11-24T12:02:00Z"))
        .isEqualTo(
            JSON.readTree(
                """
                {"partitions": [2],
                 "digests": [{"minute": "2026-11-24T12:00:00Z", "partition": 2, "bucket": 0,
                              "count": 2, "digest": "%s"}]}
                """
                    .formatted(xor(first, second))));
    assertThat(
            json("/digests?from=2026-11-24T12:00:00Z&to=2026-11-24T12:01:00Z&ids=true")
                .path("ids")
                .toString())
        .isEqualTo("[\"%s\",\"%s\"]".formatted(first, second));
  }

  @Test
  void bucketsDivideTheDigestOfAMinute() throws Exception {
    for (int i = 0; i < 100; i++) {
      UUID unused = put(NOON, i, null);
    }

    JsonNode all = json("/digests?from=2026-11-24T12:00:00Z&to=2026-11-24T12:01:00Z");
    JsonNode divided = json("/digests?from=2026-11-24T12:00:00Z&to=2026-11-24T12:01:00Z&buckets=4");

    assertThat(divided.path("digests")).hasSize(4);
    long count = 0;
    long digest = 0;
    for (JsonNode one : divided.path("digests")) {
      count += one.path("count").asLong();
      digest ^= Long.parseUnsignedLong(one.path("digest").asText(), 16);
    }
    assertThat(count).isEqualTo(100);
    JsonNode third =
        json(
            "/digests?from=2026-11-24T12:00:00Z&to=2026-11-24T12:01:00Z&buckets=4&bucket=2&ids=true");
    assertThat(third.path("digests")).containsExactly(divided.path("digests").path(2));
    assertThat(third.path("ids")).hasSize(divided.path("digests").path(2).path("count").asInt());
    assertThat(all.path("digests").path(0).path("digest").asText())
        .isEqualTo(HexFormat.of().toHexDigits(digest));
  }

  @Test
  void minutesThatAreNoneOrTooManyAreRefusedByName() throws Exception {
    for (String query :
        new String[] {
          "from=2026-11-24T12:00:01Z&to=2026-11-24T12:02:00Z",
          "from=-1000000000-01-01T00:00:00Z&to=2026-11-24T12:02:00Z",
          "to=2026-11-24T12:02:00Z",
          "from=2026-11-24T12:00:00Z",
          "from=2026-11-24T12:00:00Z&to=2026-11-24T12:00:00Z",
          "from=2026-11-24T12:00:00Z&to=2026-11-24T13:01:00Z",
          "from=2026-11-24T12:00:00Z&to=2026-11-24T12:02:00Z&ids=true",
          "from=2026-11-24T12:00:00Z&to=2026-11-24T12:02:00Z&ids=1",
          "from=2026-11-24T12:00:00Z&to=2026-11-24T12:02:00Z&buckets=0",
          "from=2026-11-24T12:00:00Z&to=2026-11-24T12:02:00Z&bucket=1",
          "minute=1"
        }) {
      HttpResponse<String> refusal = get("/digests?" + query);
      assertThat(refusal.statusCode()).as(query).isEqualTo(400);
      assertThat(refusal.body()).containsAnyOf("from", "to must", "ids", "bucket");
    }
  }

  @Test
  void instancesAreShownWithTheirPartitions() throws Exception {
    JsonNode found = json("/instances").path("instances");

    assertThat(found).hasSize(2);
    assertThat(found.path(0).path("self").asBoolean()).isTrue();
    assertThat(found.path(1).path("url").asText()).isEqualTo("http://127.0.0.1:" + two.port());
    assertThat(found.path(1).path("partitions").toString()).isEqualTo("[3]");
    assertThat(get("/instances?x=1").statusCode()).isEqualTo(400);
  }

  @Test
  void manyEventsAreAskedForAtOnceAndAppliedCountsMoreThanALetterElsewhere() throws Exception {
    UUID letterHere = put(NOON, 1, Reason.WRONG_PARTITION);
    UUID unknown = new UUID(0x01a20d6d5a007000L, 0x8000000000000000L);
    there.events.put(letterHere, event(null, 3));
    UUID both = put(NOON, 2, null);
    there.events.put(both, event(Reason.WRONG_PARTITION, 3));

    JsonNode events =
        json("/events?ids=%s,%s,%s".formatted(letterHere, unknown, both)).path("events");

    assertThat(events).hasSize(2);
    assertThat(events).allMatch(event -> event.path("status").asText().equals("applied"));
    there.partitions = Set.of(9);
    assertThat(get("/events?ids=" + both).statusCode()).as("has moved").isEqualTo(503);
    for (String query : new String[] {"", "?ids=", "?ids=x", "?ids=" + both + ",", "?id=" + both}) {
      assertThat(get("/events" + query).statusCode()).as(query).isEqualTo(400);
    }
  }

  private UUID put(Instant at, int number, @Nullable Reason reason) {
    UUID id = new UUID(at.toEpochMilli() << 16 | 0x7000, 0x8000000000000000L | number);
    here.events.put(id, event(reason, 2));
    return id;
  }

  private static RememberedEvent event(@Nullable Reason reason, int partition) {
    return new RememberedEvent(reason, 3, false, partition, 77, NOON, 4, new ContentDigest(1, 2));
  }

  private static String xor(UUID... ids) throws Exception {
    long digest = 0;
    for (UUID id : ids) {
      byte[] sixteen = HexFormat.of().parseHex(id.toString().replace("-", ""));
      byte[] sha = MessageDigest.getInstance("SHA-256").digest(sixteen);
      digest ^= ByteBuffer.wrap(sha).getLong();
    }
    return HexFormat.of().toHexDigits(digest);
  }

  private JsonNode json(String path) throws Exception {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }
}
