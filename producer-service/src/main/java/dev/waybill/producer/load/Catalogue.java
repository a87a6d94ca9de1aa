package dev.waybill.producer.load;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Customers and what they buy, pay with and complain about, as the bodies of requests. */
final class Catalogue {
  private static final int CUSTOMERS = 500;
  private static final List<String> CURRENCIES = List.of("EUR", "EUR", "EUR", "USD", "GBP", "JPY");
  private static final List<String> CARRIERS =
      List.of("DHL", "UPS", "Österreichische Post", "佐川急便");
  private static final List<String> REASONS =
      List.of("changed my mind", "found it cheaper", "delivery takes too long");

  private final Random random;
  private final List<UUID> customers;

  Catalogue(Random random) {
    this.random = random;
    this.customers =
        Stream.generate(() -> new UUID(random.nextLong(), random.nextLong()))
            .limit(CUSTOMERS)
            .toList();
  }

  String body(Step step) {
    return switch (step) {
      case PLACE -> order();
      case PAY ->
          "{\"paymentReference\":\"pay-%s\"}"
              .formatted(HexFormat.of().toHexDigits(random.nextLong()));
      case SHIP ->
          String.format(
              Locale.ROOT,
              "{\"carrier\":\"%s\",\"trackingNumber\":\"%012d\"}",
              one(CARRIERS),
              random.nextInt(Integer.MAX_VALUE));
      case CANCEL -> "{\"reason\":\"%s\"}".formatted(one(REASONS));
      case ERASE -> "";
    };
  }

  /** A few customers order often, most of them seldom. */
  private String order() {
    double often = random.nextDouble();
    UUID customer = customers.get((int) (often * often * CUSTOMERS));
    String lines =
        IntStream.rangeClosed(0, random.nextInt(4))
            .mapToObj(i -> line())
            .collect(Collectors.joining(","));
    return "{\"customerId\":\"%s\",\"currency\":\"%s\",\"lines\":[%s]}"
        .formatted(customer, one(CURRENCIES), lines);
  }

  private String line() {
    return String.format(
        Locale.ROOT,
        "{\"sku\":\"sku-%04d\",\"quantity\":%s,\"unitPrice\":\"%s.%02d\"}",
        random.nextInt(2_000),
        1 + random.nextInt(5),
        random.nextInt(200),
        random.nextInt(100));
  }

  private String one(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
