package dev.waybill.consumer.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.consumer.orders.CustomerTotals;
import dev.waybill.consumer.orders.OrderState;
import dev.waybill.deduplication.ContentDigest;
import dev.waybill.deduplication.Reason;
import dev.waybill.deduplication.RememberedEvent;
import dev.waybill.runtime.ServiceServer;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryRoutesTest extends TwoInstances {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final UUID ID = UUID.fromString("01a20d6d-5a00-7000-8000-00000000000a");
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=%zz",
        "after=%",
        "%zz=1",
        "limit=%D9%A1",
        "limit=0",
        "limit=1001",
        "limit="
      })
  void queryThatCannotBeReadIsRefused(String query) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), one.port())) {
      socket
          .getOutputStream()
          .write(
              ("GET /orders?" + query + " HTTP/1.1\r\nHost: b\r\nConnection: close\r\n\r\n")
                  .getBytes(US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
          .startsWith("HTTP/1.1 400")
          .contains("application/problem+json");
    }
  }

  @Test
  void orderIsShownInTheWordsOfA() throws Exception {
    here.orders.put(ID, order(ID));

    assertThat(JSON.readTree(get("/orders/" + ID).body()))
        .isEqualTo(
            JSON.readTree(
                """
                {"id": "01a20d6d-5a00-7000-8000-00000000000a",
                 "customerId": "01a20d6d-5a00-7000-8000-00000000000a",
                 "status": "PAID", "version": 2,
                 "lines": [{"sku": "sku-1", "quantity": 2, "unitPrice": "6.2500"}],
                 "total": {"amount": "12.5000", "currency": "EUR"},
                 "placedAt": "2026-11-24T12:00:00Z", "updatedAt": "2026-11-24T12:00:00Z"}
                """));
  }

  @Test
  void customerIsShownWithItsTotals() throws Exception {
    here.customers.put(
        ID,
        new CustomerTotals(
            Map.of("PAID", 1L, "PLACED", 2L), Map.of("EUR", new BigDecimal("1E+1")), 5, 1));

    assertThat(JSON.readTree(get("/customers/" + ID).body()))
        .isEqualTo(
            JSON.readTree(
                """
                {"customerId": "01a20d6d-5a00-7000-8000-00000000000a", "orders": 3,
                 "ordersByStatus": {"PAID": 1, "PLACED": 2}, "amounts": {"EUR": "10"},
                 "eventsApplied": 5, "ordersErased": 1}
                """));
  }

  @Test
  void eventIsShownWithWhatBecameOfIt() throws Exception {
    here.events.put(ID, event(null));
    assertThat(JSON.readTree(get("/events/" + ID).body()))
        .isEqualTo(
            JSON.readTree(
                """
                {"eventId": "01a20d6d-5a00-7000-8000-00000000000a", "status": "applied",
                 "version": 3, "topic": "orders.events", "partition": 2, "offset": 77,
                 "at": "2026-11-24T12:00:00Z", "duplicatesDropped": 4}
                """));

    here.events.put(ID, event(Reason.UNDECODABLE));
    JsonNode letter = JSON.readTree(get("/events/" + ID).body());
    assertThat(letter.path("status").asText()).isEqualTo("dead-lettered");
    assertThat(letter.path("reason").asText()).isEqualTo("UNDECODABLE");
  }

  @Test
  void keyIsAnsweredByTheInstanceThatKeepsIt() throws Exception {
    there.orders.put(ID, order(ID));
    here.place = new Place.There(new HostInfo("127.0.0.1", two.port()));

    assertThat(get("/orders/" + ID).statusCode()).isEqualTo(200);
    assertThat(get("/customers/" + ID).statusCode()).as("not there either").isEqualTo(404);
  }

  @Test
  void questionIsNotPassedOnTwice() throws Exception {
    here.place = new Place.There(new HostInfo("127.0.0.1", two.port()));
    there.place = new Place.There(new HostInfo("127.0.0.1", one.port()));

    assertNotNow(get("/orders/" + ID));
    assertThat(here.questions).hasValue(1);
    assertThat(there.questions).hasValue(1);
  }

  @Test
  void instanceThatDoesNotAnswerIsNotAvailable() throws Exception {
    here.place = new Place.There(new HostInfo("127.0.0.1", two.port()));
    two.close();

    assertNotNow(get("/orders/" + ID));
    assertNotNow(get("/events/" + ID));
  }

  @Test
  void movingPartitionsAreNotAvailable() throws Exception {
    here.place = new Place.Moving();
    assertNotNow(get("/orders/" + ID));
    here.place = new Place.Here(2);
    here.moving = true;
    assertNotNow(get("/orders/" + ID));
  }

  @Test
  void eventIsLookedForOnEveryInstance() throws Exception {
    there.events.put(ID, event(null));
    assertThat(get("/events/" + ID).statusCode()).isEqualTo(200);

    here.moving = true;
    assertThat(get("/events/" + ID).statusCode()).as("found there").isEqualTo(200);
    there.events.clear();
    assertNotNow(get("/events/" + ID));
    here.moving = false;
    assertThat(get("/events/" + ID).statusCode()).as("asked everywhere").isEqualTo(404);
    there.moving = true;
    assertNotNow(get("/events/" + ID));
  }

  /** Its letter is of a copy that went astray. */
  @Test
  void eventThatWasAppliedSomewhereIsNotShownAsADeadLetter() throws Exception {
    here.events.put(ID, event(Reason.WRONG_PARTITION));
    there.events.put(ID, event(null));
    assertThat(get("/events/" + ID).body()).contains("\"applied\"");

    there.moving = true;
    assertNotNow(get("/events/" + ID));
    there.moving = false;
    there.events.put(ID, event(Reason.WRONG_PARTITION));
    assertThat(get("/events/" + ID).body()).contains("\"dead-lettered\"");
    here.events.clear();
    assertThat(get("/events/" + ID).body()).contains("\"dead-lettered\"");
  }

  @Test
  void eventInAPartitionThatHasMovedIsNotSaidToBeUnknown() throws Exception {
    there.partitions = Set.of(4);

    assertNotNow(get("/events/" + ID));
  }

  @Test
  void ordersArePagedThroughOnOneInstance() throws Exception {
    here.orders.put(ID, order(ID));
    UUID other = UUID.fromString("01a20d6d-5a00-7000-8000-00000000000b");
    here.orders.put(other, order(other));

    JsonNode page = JSON.readTree(get("/orders?limit=1").body());
    assertThat(page.path("orders")).hasSize(1);
    assertThat(page.path("partitions").toString()).isEqualTo("[2]");
    String next = page.path("next").asText();
    JsonNode last = JSON.readTree(get("/orders?after=" + next).body());
    assertThat(last.has("next")).isFalse();
    assertThat(here.askedAfter).hasToString(next);
  }

  @Test
  void anInstanceOnIpV6IsAsked() throws Exception {
    try (ServiceServer six = server("::1", there)) {
      assumeThatCode(six::start).doesNotThrowAnyException();
      there.orders.put(ID, order(ID));
      here.place = new Place.There(new HostInfo("::1", six.port()));

      assertThat(get("/orders/" + ID).statusCode()).isEqualTo(200);
    }
  }

  /** Its orders would be skipped in silence. */
  @Test
  void anotherInstancesPositionIsRefused() throws Exception {
    HttpResponse<String> response = get("/orders?after=3:" + ID);

    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(response.body()).contains("has the partitions [2]", "begin again");
  }

  @Test
  void whatIsNoIdLimitOrPositionIsRefused() throws Exception {
    for (String path :
        new String[] {
          "/orders/42",
          "/orders/1-1-1-1-1",
          "/customers/x",
          "/events/x",
          "/orders?limit=0",
          "/orders?limit=x",
          "/orders?limit=1001",
          "/orders?after=x",
          "/orders?after=%C3%A9:1",
          "/orders?limit=1&limit=2",
          "/orders?after=2:x&after=2:y",
          "/orders?customerId=1"
        }) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(400);
    }
  }

  @Test
  void unknownIsNotFound() throws Exception {
    HttpResponse<String> response = get("/orders/" + ID);

    assertThat(response.statusCode()).isEqualTo(404);
    assertProblem(response);
  }

  private static void assertProblem(HttpResponse<String> response) {
    assertThat(response.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
  }

  private static void assertNotNow(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("retry-after")).hasValue("1");
    assertProblem(response);
  }

  private static OrderState order(UUID id) {
    return new OrderState(
        id,
        ID,
        "PAID",
        2,
        List.of(new OrderState.Line("sku-1", 2, new BigDecimal("6.2500"))),
        new OrderState.Money(new BigDecimal("12.5000"), "EUR"),
        NOON,
        NOON);
  }

  private static RememberedEvent event(@Nullable Reason reason) {
    return new RememberedEvent(reason, 3, false, 2, 77, NOON, 4, new ContentDigest(1, 2));
  }
}
