package dev.waybill.consumer.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SerdeTest {
  private final OrderStateSerde orders = new OrderStateSerde();
  private final CustomerTotalsSerde totals = new CustomerTotalsSerde();

  @Test
  void ordersAreReadAsTheyWereWritten() {
    OrderState order =
        new OrderState(
            Events.orderId(1),
            Events.customerId(2),
            "PAID",
            Long.MAX_VALUE,
            Collections.nCopies(300, new OrderState.Line("Kâğıt 紙", -1, new BigDecimal("-0.0001"))),
            new OrderState.Money(new BigDecimal("999999999999999.9999"), "TRY"),
            Instant.parse("1969-12-31T23:59:59.999999Z"),
            Instant.parse("2026-11-24T09:00:00.123456Z"));

    byte[] stored = orders.serializer().serialize("", order);

    assertThat(orders.deserializer().deserialize("", stored)).isEqualTo(order);
  }

  @Test
  void totalsAreReadAsTheyWereWritten() {
    CustomerTotals sum =
        new CustomerTotals(
            Map.of("PLACED", 3L, "UNKNOWN", -2L),
            Map.of("EUR", new BigDecimal("-12.5000"), "JPY", new BigDecimal("1000")),
            70_000,
            1);

    assertThat(totals.deserializer().deserialize("", totals.serializer().serialize("", sum)))
        .isEqualTo(sum);
  }

  @Test
  void formatOfALaterVersionIsRefused() {
    for (byte[] stored : List.of(new byte[] {2, 0, 0}, new byte[0])) {
      assertThatThrownBy(() -> orders.deserializer().deserialize("", stored))
          .hasMessageContaining("not of format 1");
    }
  }
}
