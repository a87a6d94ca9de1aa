package dev.waybill.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collections;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a request is answered with what is wrong, and writes nothing. */
@ExtendWith(Postgres.class)
class RefusedRequestTest {
  private Api api = new Api(0);

  @BeforeEach
  void client() {
    api = new Api(Postgres.sharedPort());
  }

  @AfterEach
  void nothingWasWritten() {
    assertThat(Postgres.database().fetchValue("SELECT count(*) FROM idempotency_key"))
        .isEqualTo(0L);
    assertThat(AppendedEvent.all()).isEmpty();
  }

  private JsonNode errors(String path, String body) {
    return api.post(path, body, "idempotency-key", Api.newKey())
        .isProblem(400)
        .json()
        .path("errors");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          customerId         | "customerId": "1-1-1-1-1"
          customerId         | "customerId": 7
          customerId         | "customerId": null
          currency           | "currency": "eur"
          currency           | "currency": "EURO"
          currency           | "currency": "XXX"
          currency           | "currency": "XAU"
          currency           | "currency": ["EUR"]
          lines              | "lines": []
          lines              | "lines": {}
          lines[0]           | "lines": [7]
          lines[0].sku       | "lines": [{"quantity": 1, "unitPrice": 1}]
          lines[0].sku       | "lines": [{"sku": " ", "quantity": 1, "unitPrice": 1}]
          lines[0].sku       | "lines": [{"sku": "a\\u0000b", "quantity": 1, "unitPrice": 1}]
          lines[0].sku       | "lines": [{"sku": "a\\u0085b", "quantity": 1, "unitPrice": 1}]
          lines[0].sku       | "lines": [{"sku": "\\ud800", "quantity": 1, "unitPrice": 1}]
          lines[0].quantity  | "lines": [{"sku": "a", "quantity": 0, "unitPrice": 1}]
          lines[0].quantity  | "lines": [{"sku": "a", "quantity": 1000001, "unitPrice": 1}]
          lines[0].quantity  | "lines": [{"sku": "a", "quantity": 1.5, "unitPrice": 1}]
          lines[0].quantity  | "lines": [{"sku": "a", "quantity": "1", "unitPrice": 1}]
          lines[0].quantity  | "lines": [{"sku": "a", "quantity": 99999999999999999999, "unitPrice": 1}]
          lines[0].unitPrice | "lines": [{"sku": "a", "quantity": 1, "unitPrice": -1}]
          lines[0].unitPrice | "lines": [{"sku": "a", "quantity": 1, "unitPrice": 1.00001}]
          lines[0].unitPrice | "lines": [{"sku": "a", "quantity": 1, "unitPrice": 1e15}]
          lines[0].unitPrice | "lines": [{"sku": "a", "quantity": 1, "unitPrice": 1e999999999}]
          lines[0].unitPrice | "lines": [{"sku": "a", "quantity": 1, "unitPrice": 1e-999999999}]
          lines[0].unitPrice | "lines": [{"sku": "a", "quantity": 1, "unitPrice": "1e2"}]
          lines[0].unitPrice | "lines": [{"sku": "a", "quantity": 1, "unitPrice": "\\u0661"}]
          lines[0].unitPrice | "lines": [{"sku": "a", "quantity": 1, "unitPrice": true}]
          lines[0].discount  | "lines": [{"sku": "a", "quantity": 1, "unitPrice": 1, "discount": 1}]
          lines              | "lines": [{"sku": "a", "quantity": 2, "unitPrice": 999999999999999.9999}]
          total              | "total": 5
          """)
  void wrongFieldIsNamed(String path, String field) {
    String name = field.substring(1, field.indexOf('"', 1));
    String body =
        Stream.of(
                "\"customerId\": \"" + Api.CUSTOMER + "\"",
                "\"currency\": \"EUR\"",
                "\"lines\": [{\"sku\": \"a\", \"quantity\": 1, \"unitPrice\": 1}]")
            .filter(valid -> !valid.startsWith("\"" + name + "\""))
            .collect(Collectors.joining(", ", "{", ", " + field + "}"));

    JsonNode errors = errors("/orders", body);

    assertThat(errors.fieldNames()).toIterable().containsExactly(path);
    assertThat(errors.path(path).textValue()).isNotBlank();
  }

  @Test
  void allWrongFieldsAreNamedAtOnce() {
    JsonNode errors =
        errors(
            "/orders",
            """
            {"customerId": "x", "currency": "EUR", "colour": "red", "lines": [
              {"sku": "", "quantity": 0, "unitPrice": 1}, {"sku": "b", "quantity": 1}]}
            """);

    assertThat(errors.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "customerId", "colour", "lines[0].sku", "lines[0].quantity", "lines[1].unitPrice");
  }

  @Test
  void tooManyLinesAreRefused() {
    String line = "{\"sku\": \"a\", \"quantity\": 1, \"unitPrice\": 1}";
    String lines = String.join(",", Collections.nCopies(101, line));
    String body =
        "{\"customerId\": \"%s\", \"currency\": \"EUR\", \"lines\": [%s]}"
            .formatted(Api.CUSTOMER, lines);

    assertThat(errors("/orders", body).fieldNames()).toIterable().containsExactly("lines");
  }

  @Test
  void transitionsAreCheckedToo() {
    String order = "/orders/" + UUID.randomUUID();

    assertThat(errors(order + "/pay", "{}").fieldNames())
        .toIterable()
        .containsExactly("paymentReference");
    assertThat(errors(order + "/ship", "{\"carrier\": \"%s\"}".formatted("x".repeat(65))))
        .hasSize(2);
    assertThat(errors(order + "/cancel", "{\"reason\": \"%s\"}".formatted("x".repeat(501))))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "7",
        "{\"currency\": \"EUR\", \"currency\": \"EUR\"}",
        "{} {}",
        "{\"lines\": NaN}",
        "\u0000"
      })
  void bodyThatIsNotAJsonObjectIsRefused(String body) {
    api.post("/orders", body).isProblem(400);
  }

  @Test
  void bodyThatIsDeepOrNotUtf8IsRefused() {
    api.post("/orders", "[".repeat(30_000)).isProblem(400);
    api.send(
            api.request("/orders")
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofByteArray(new byte[] {'{', '"', (byte) 0xff, '"', '}'})))
        .isProblem(400);
  }

  @Test
  void bodyOverTheLimitIsRefusedHoweverItIsSent() {
    String large = "{\"customerId\": \"" + "x".repeat(64 * 1024) + "\"}";
    api.post("/orders", large).isProblem(413);
    // Of unknown length, that is in chunks.
    api.send(
            api.request("/orders")
                .header("content-type", "application/json")
                .POST(
                    BodyPublishers.ofInputStream(
                        () ->
                            new java.io.ByteArrayInputStream(
                                large.getBytes(java.nio.charset.StandardCharsets.UTF_8)))))
        .isProblem(413);
    api.delete("/orders/" + UUID.randomUUID(), "Idempotency-Key", "k").isProblem(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/json; charset=utf-16", "application/jsonx", "x"})
  void otherContentTypesAreRefused(String contentType) {
    api.send(
            api.request("/orders")
                .header("content-type", contentType)
                .POST(BodyPublishers.ofString(Api.ORDER)))
        .isProblem(415);
  }

  @Test
  void contentTypeMustBeGiven() {
    api.send(api.request("/orders").POST(BodyPublishers.ofString(Api.ORDER))).isProblem(415);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/orders/7",
        "/orders/1-1-1-1-1",
        "/orders/" + Api.CUSTOMER,
        "/orders/%C3%BC",
        "/nothing"
      })
  void whatIsNotThereIsNotFound(String path) {
    api.get(path).isProblem(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "customerId=7",
        "limit=0",
        "limit=101",
        "limit=x",
        "limit=1&limit=2",
        "after=",
        "page=2"
      })
  void wrongParametersAreNamed(String query) {
    JsonNode errors = api.get("/orders?" + query).isProblem(400).json().path("errors");
    String name = query.substring(0, query.indexOf('='));
    assertThat(errors.fieldNames()).toIterable().containsExactly(name);
  }

  @Test
  void otherMethodsAreRefused() {
    api.send(api.request("/orders").PUT(BodyPublishers.ofString("{}"))).isProblem(405);
    api.get("/orders/" + Api.CUSTOMER + "/pay").isProblem(405);
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "a\tb", "\"\"", "\"a\"b", "\"a"})
  void keyMustBePrintableAscii(String key) {
    api.post("/orders", Api.ORDER, "idempotency-key", key).isProblem(400);
    api.post("/orders", Api.ORDER, "idempotency-key", "x".repeat(256)).isProblem(400);
  }

  @Test
  void pathsThatAreNoUrisAreNotAFailureOfTheService() {
    for (String path : new String[] {"/orders/%00", "/orders/..%2f..", "/orders/%ff"}) {
      assertThat(api.get(path).status()).as(path).isBetween(400, 404);
    }
  }
}
