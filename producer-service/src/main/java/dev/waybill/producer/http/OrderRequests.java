package dev.waybill.producer.http;

import dev.waybill.producer.orders.Money;
import dev.waybill.producer.orders.NewOrder;
import dev.waybill.producer.orders.OrderLine;
import dev.waybill.producer.orders.Transition;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the bodies of the requests mean; each method reports all wrong fields at once. */
final class OrderRequests {
  private static final int MAX_LINES = 100;
  private static final int MAX_QUANTITY = 1_000_000;
  private static final int MAX_NAME = 64;
  private static final int MAX_REASON = 500;

  /** Those of money: not gold (XAU), not "no currency" (XXX). */
  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .filter(currency -> currency.getDefaultFractionDigits() >= 0)
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  private OrderRequests() {}

  static NewOrder place(Fields fields) {
    NewOrder order = new NewOrder(fields.uuid("customerId"), currency(fields), lines(fields));
    if (order.total().compareTo(Money.MAX) > 0) {
      fields.wrong("lines", "must not cost more than " + Money.MAX + " in all");
    }
    fields.verify();
    return order;
  }

  static Transition pay(Fields fields) {
    Transition pay = new Transition.Pay(fields.text("paymentReference", MAX_NAME));
    fields.verify();
    return pay;
  }

  static Transition ship(Fields fields) {
    Transition ship =
        new Transition.Ship(
            fields.text("carrier", MAX_NAME), fields.text("trackingNumber", MAX_NAME));
    fields.verify();
    return ship;
  }

  static Transition cancel(Fields fields) {
    Transition cancel = new Transition.Cancel(fields.text("reason", MAX_REASON));
    fields.verify();
    return cancel;
  }

  private static String currency(Fields fields) {
    String code = fields.text("currency", 3);
    if (!CURRENCIES.contains(code)) {
      fields.wrong("currency", "must be an ISO 4217 code such as EUR");
    }
    return code;
  }

  private static List<OrderLine> lines(Fields fields) {
    return fields.objects("lines", MAX_LINES).stream().map(OrderRequests::line).toList();
  }

  private static OrderLine line(Fields line) {
    return new OrderLine(
        line.text("sku", MAX_NAME),
        line.integer("quantity", 1, MAX_QUANTITY),
        line.amount("unitPrice"));
  }
}
