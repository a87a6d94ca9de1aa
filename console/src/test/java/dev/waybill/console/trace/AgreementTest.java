package dev.waybill.console.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.console.systems.OrdersTable;
import dev.waybill.console.trace.Trace.Side;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AgreementTest {
  private static final Side PAID = new Side("PAID", 2, "12.50 EUR");

  @Test
  void amountsAreTheSameWhateverTheirZeroes() throws JsonProcessingException {
    Side b =
        Agreement.of(
            JsonMapper.builder()
                .build()
                .readTree(
                    """
                    {"status": "PAID", "version": 2, "total": {"amount": "12.50", "currency": "EUR"}}
                    """));
    Side a =
        Agreement.of(
            new OrdersTable.Order(
                new UUID(1, 2), "PAID", 2, "12.5000 EUR", Instant.EPOCH, Instant.EPOCH));

    assertThat(Agreement.between(a, b).state()).isEqualTo(State.DONE);
    assertThat(a).isEqualTo(PAID);
  }

  @ParameterizedTest
  @CsvSource({
    "12.5000 EUR, 12.50 EUR",
    "12.5050 EUR, 12.505 EUR",
    "1200.0000 JPY, 1200 JPY",
    "12.0000 KWD, 12.000 KWD",
    "0.0000 EUR, 0.00 EUR",
    "7.10 ???, 7.1 ???",
    "none, none"
  })
  void amountsAreSaidWithTheDigitsOfTheirCurrency(String stored, String said) {
    assertThat(
            Agreement.of(
                    new OrdersTable.Order(
                        new UUID(1, 2), "PAID", 2, stored, Instant.EPOCH, Instant.EPOCH))
                .total())
        .isEqualTo(said);
  }

  @Test
  void whatBehindWaybillsBackWasChangedIsSaid() {
    assertThat(Agreement.between(PAID, new Side("SHIPPED", 2, "12.50 EUR")))
        .satisfies(
            hop -> {
              assertThat(hop.state()).isEqualTo(State.DIVERGED);
              assertThat(hop.words()).contains("PAID", "SHIPPED");
            });
    assertThat(Agreement.between(PAID, new Side("PAID", 3, "12.50 EUR")).state())
        .isEqualTo(State.DIVERGED);
    assertThat(Agreement.between(null, PAID).state()).isEqualTo(State.DIVERGED);
  }

  @Test
  void whatIsOnItsWayIsWaitedFor() {
    assertThat(Agreement.between(PAID, null).state()).isEqualTo(State.WAITING);
    assertThat(Agreement.between(PAID, new Side("PLACED", 1, "12.50 EUR")).state())
        .isEqualTo(State.WAITING);
    assertThat(Agreement.between(null, null).state()).isEqualTo(State.ABSENT);
  }
}
