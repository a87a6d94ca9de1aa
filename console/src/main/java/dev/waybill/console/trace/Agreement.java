package dev.waybill.console.trace;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waybill.console.systems.AwayException;
import dev.waybill.console.systems.OrdersTable;
import dev.waybill.console.trace.Trace.Side;
import java.math.BigDecimal;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** Whether A and B say the same of an order. */
public final class Agreement {
  private static final String NAME = "A and B";

  private Agreement() {}

  /** A's side. */
  public static Side of(OrdersTable.Order order) {
    return new Side(order.status(), order.version(), money(order.total()));
  }

  /** B's side, as it answers {@code /orders/{id}}. */
  public static Side of(JsonNode order) {
    JsonNode total = order.path("total");
    return new Side(
        order.path("status").asText(),
        order.path("version").asLong(),
        money(total.path("amount").asText() + " " + total.path("currency").asText()));
  }

  /** In words, both known to have been asked. */
  public static Hop between(@Nullable Side a, @Nullable Side b) {
    if (a == null && b == null) {
      return Hop.of(NAME, State.ABSENT, "neither has it: it never was, or was erased");
    }
    if (a == null) {
      return Hop.of(NAME, State.DIVERGED, "B has it, and A does not: erased, or never A's");
    }
    if (b == null) {
      return Hop.of(NAME, State.WAITING, "A has version " + a.version() + ", and B nothing yet");
    }
    if (a.version() > b.version()) {
      return Hop.of(
          NAME, State.WAITING, "A has version %s, B %s".formatted(a.version(), b.version()));
    }
    if (a.version() < b.version()) {
      return Hop.of(
          NAME,
          State.DIVERGED,
          "B has version %s, and A only %s: A was restored, or a row changed behind Waybill's back"
              .formatted(b.version(), a.version()));
    }
    return a.equals(b)
        ? Hop.of(NAME, State.DONE, "the same at version " + a.version())
        : Hop.of(
            NAME,
            State.DIVERGED,
            "version %s is %s, %s in A, and %s, %s in B"
                .formatted(a.version(), a.status(), a.total(), b.status(), b.total()));
  }

  /** While one of the two cannot be asked. */
  static Hop unknown(AwayException away) {
    return Hop.unknown(NAME, away, "whether they agree");
  }

  /** With the digits that the currency has, and more only where they are not zero. */
  private static String money(String total) {
    int blank = total.indexOf(' ');
    try {
      BigDecimal amount = new BigDecimal(total.substring(0, blank)).stripTrailingZeros();
      int digits = Math.max(amount.scale(), digits(total.substring(blank + 1)));
      return amount.setScale(digits).toPlainString() + total.substring(blank);
    } catch (NumberFormatException | IndexOutOfBoundsException none) {
      return total;
    }
  }

  private static int digits(String currency) {
    try {
      return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    } catch (IllegalArgumentException unknown) {
      return 0;
    }
  }
}
