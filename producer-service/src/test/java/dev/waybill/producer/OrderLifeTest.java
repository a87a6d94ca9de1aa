package dev.waybill.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.orders.OrderEvent;
import dev.waybill.orders.OrderEventType;
import dev.waybill.orders.OrderStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Postgres.class)
class OrderLifeTest {
  private Api api = new Api(0);

  @BeforeEach
  void client() {
    api = new Api(Postgres.sharedPort());
  }

  @Test
  void placedOrderIsAnsweredWithItsTotalAndItsPlace() {
    Api.Answer placed = api.place();

    assertThat(placed.header("location")).isEqualTo("/orders/" + placed.id());
    assertThat(placed.header("content-type")).startsWith("application/json");
    assertThat(placed.json().at("/total/amount").textValue()).isEqualTo("28.9900");
    assertThat(placed.json().at("/total/currency").textValue()).isEqualTo("EUR");
    assertThat(placed.json().path("status").textValue()).isEqualTo("PLACED");
    assertThat(placed.json().path("version").intValue()).isEqualTo(1);
    assertThat(UUID.fromString(placed.id()).version()).isEqualTo(7);
    assertThat(api.get(placed.header("location")).is(200).json()).isEqualTo(placed.json());
  }

  @Test
  void eventCarriesTheOrdersFullState() {
    Api.Answer placed = api.place();

    AppendedEvent appended = AppendedEvent.all().get(0);
    OrderEvent event = Objects.requireNonNull(appended.payload());
    assertThat(appended.type()).isEqualTo("OrderPlaced");
    assertThat(appended.aggregateId()).isEqualTo(placed.id());
    assertThat(appended.version()).isEqualTo(1);
    assertThat(event.getType()).isEqualTo(OrderEventType.PLACED);
    assertThat(event.getOrder().getOrderId()).isEqualTo(UUID.fromString(placed.id()));
    assertThat(event.getOrder().getCustomerId()).isEqualTo(UUID.fromString(Api.CUSTOMER));
    assertThat(event.getOrder().getTotal().getAmount()).isEqualTo(new BigDecimal("28.9900"));
    assertThat(event.getOrder().getLines()).hasSize(2);
    assertThat(event.getOrder().getLines().get(0).getUnitPrice())
        .isEqualTo(new BigDecimal("4.5000"));
    assertThat(event.getOrder().getPlacedAt())
        .isEqualTo(Instant.parse(placed.json().path("placedAt").textValue()))
        .isEqualTo(appended.occurredAt().toInstant());
  }

  @Test
  void lifeOfAnOrderIsAnEventForEachStep() {
    String id = api.place().id();
    api.post("/orders/" + id + "/pay", Api.PAY).is(200);
    Api.Answer shipped = api.post("/orders/" + id + "/ship", Api.SHIP).is(200);

    assertThat(shipped.json().path("status").textValue()).isEqualTo("SHIPPED");
    assertThat(shipped.json().path("paymentReference").textValue()).isEqualTo("pay-1");
    assertThat(shipped.json().path("trackingNumber").textValue()).isEqualTo("JD014");
    assertThat(api.get("/orders/" + id).json()).isEqualTo(shipped.json());
    List<AppendedEvent> events = AppendedEvent.of(id);
    assertThat(events)
        .extracting(AppendedEvent::type)
        .containsExactly("OrderPlaced", "OrderPaid", "OrderShipped");
    assertThat(events).extracting(AppendedEvent::version).containsExactly(1L, 2L, 3L);
    OrderEvent last = Objects.requireNonNull(events.get(2).payload());
    assertThat(last.getOrder().getStatus()).isEqualTo(OrderStatus.SHIPPED);
    assertThat(last.getOrder().getVersion()).isEqualTo(3);
    assertThat(last.getCarrier()).isEqualTo("DHL");
    assertThat(last.getPaymentReference()).as("the payment's own event has it").isNull();
  }

  @Test
  void paidOrderMayBeCancelled() {
    String id = api.place().id();
    api.post("/orders/" + id + "/pay", Api.PAY).is(200);
    api.post("/orders/" + id + "/cancel", Api.CANCEL).is(200);

    OrderEvent last = Objects.requireNonNull(AppendedEvent.of(id).get(2).payload());
    assertThat(last.getType()).isEqualTo(OrderEventType.CANCELLED);
    assertThat(last.getCancellationReason()).isEqualTo("changed my mind");
  }

  @Test
  void erasedOrderIsATombstoneAndGone() {
    String id = api.place().id();
    api.post("/orders/" + id + "/pay", Api.PAY).is(200);
    Api.Answer erased = api.delete("/orders/" + id).is(204);

    assertThat(erased.response().body()).isEmpty();
    AppendedEvent last = AppendedEvent.of(id).get(2);
    assertThat(last.type()).isEqualTo("OrderErased");
    assertThat(last.version()).isEqualTo(3);
    assertThat(last.payload()).isNull();
    api.get("/orders/" + id).isProblem(404);
    api.post("/orders/" + id + "/ship", Api.SHIP).isProblem(404);
    api.delete("/orders/" + id).isProblem(404);
    assertThat(AppendedEvent.of(id)).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ship", "pay pay", "cancel pay", "pay ship cancel", "cancel cancel"})
  void stepOutOfOrderIsRefusedWithTheStatusAndWritesNothing(String steps) {
    String id = api.place().id();
    List<String> each = List.of(steps.split(" ", -1));
    for (String step : each.subList(0, each.size() - 1)) {
      api.post("/orders/" + id + "/" + step, body(step)).is(200);
    }
    String status = api.get("/orders/" + id).json().path("status").textValue();

    String last = each.get(each.size() - 1);
    Api.Answer refused = api.post("/orders/" + id + "/" + last, body(last)).isProblem(409);

    assertThat(refused.json().path("detail").textValue()).contains("is " + status);
    assertThat(refused.header("retry-after")).as("trying again would not help").isEmpty();
    assertThat(AppendedEvent.of(id)).hasSize(each.size());
    assertThat(api.get("/orders/" + id).json().path("version").intValue()).isEqualTo(each.size());
  }

  private static String body(String step) {
    return switch (step) {
      case "pay" -> Api.PAY;
      case "ship" -> Api.SHIP;
      default -> Api.CANCEL;
    };
  }

  @Test
  void traceParentGoesWithTheEvent() {
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    api.post("/orders", Api.ORDER, "traceparent", trace).is(201);
    api.post("/orders", Api.ORDER, "traceparent", trace.replace("b7ad6b7169203331", "0".repeat(16)))
        .is(201);
    api.post("/orders", Api.ORDER, "traceparent", trace + "-extra").is(201);
    api.post("/orders", Api.ORDER, "traceparent", "ff" + trace.substring(2)).is(201);

    assertThat(AppendedEvent.all())
        .extracting(AppendedEvent::headers)
        .containsExactly("{\"traceparent\": \"" + trace + "\"}", "{}", "{}", "{}");
  }

  @Test
  void listIsReadPageByPageInTheOrderOfPlacing() {
    String other = Api.ORDER.replace(Api.CUSTOMER, UUID.randomUUID().toString());
    List<String> mine = List.of(api.place().id(), api.place().id(), api.place().id());
    api.post("/orders", other).is(201);

    Api.Answer first = api.get("/orders?limit=2&customerId=" + Api.CUSTOMER).is(200);
    assertThat(first.json().path("orders").findValuesAsText("id"))
        .containsExactlyElementsOf(mine.subList(0, 2));
    assertThat(first.json().path("next").textValue()).isEqualTo(mine.get(1));
    Api.Answer second =
        api.get("/orders?limit=2&customerId=" + Api.CUSTOMER + "&after=" + mine.get(1)).is(200);
    assertThat(second.json().path("orders").findValuesAsText("id"))
        .containsExactlyElementsOf(mine.subList(2, 3));
    assertThat(second.json().has("next")).isFalse();
    assertThat(api.get("/orders").is(200).json().path("orders")).hasSize(4);
  }
}
