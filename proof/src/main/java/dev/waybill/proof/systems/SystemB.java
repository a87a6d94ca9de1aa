package dev.waybill.proof.systems;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** What B's stores hold, asked over HTTP. */
public final class SystemB implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int AT_ONCE = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** A customer's totals in one line, and how many events went into them. */
  public record Totals(String line, long events) {}

  private final String url;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);

  public SystemB(String url) {
    this.url = url;
  }

  /** What B knows of these events; those it does not know are left out. */
  public Map<UUID, AppliedEvent> events(Collection<UUID> ids) {
    Map<UUID, AppliedEvent> known = new ConcurrentHashMap<>();
    each(
        ids,
        id -> {
          JsonNode event = get("/events/" + id);
          if (!event.isMissingNode()) {
            known.put(
                id,
                new AppliedEvent(
                    event.path("status").asText().equals("applied"),
                    event.path("duplicatesDropped").asInt(),
                    Instant.parse(event.path("at").asText())));
          }
        });
    return known;
  }

  public Map<String, Totals> customers(Collection<String> ids) {
    Map<String, Totals> known = new ConcurrentHashMap<>();
    each(
        ids,
        id -> {
          JsonNode customer = get("/customers/" + id);
          if (!customer.isMissingNode()) {
            known.put(
                id,
                new Totals(
                    totals(
                        longs(customer.path("ordersByStatus")), amounts(customer.path("amounts"))),
                    customer.path("eventsApplied").asLong()));
          }
        });
    return known;
  }

  /** The orders by id, as {@link SystemA#order} puts them. */
  public Map<String, String> orders() {
    Map<String, String> orders = new HashMap<>();
    String after = "";
    do {
      JsonNode page = get("/orders?limit=1000" + after);
      page.path("orders")
          .forEach(
              order ->
                  orders.put(
                      order.path("id").asText(),
                      SystemA.order(
                          order.path("status").asText(),
                          order.path("version").asLong(),
                          order.path("customerId").asText(),
                          new BigDecimal(order.path("total").path("amount").asText()),
                          order.path("total").path("currency").asText())));
      after = page.hasNonNull("next") ? "&after=" + page.path("next").asText() : "";
    } while (!after.isEmpty());
    return orders;
  }

  /** Totals in one line, the same for A's and B's. */
  public static String totals(Map<String, Long> ordersByStatus, Map<String, BigDecimal> amounts) {
    Map<String, String> plain = new TreeMap<>();
    amounts.forEach(
        (currency, amount) -> plain.put(currency, amount.stripTrailingZeros().toPlainString()));
    return new TreeMap<>(ordersByStatus) + " " + plain;
  }

  private static Map<String, Long> longs(JsonNode node) {
    Map<String, Long> values = new TreeMap<>();
    node.properties().forEach(one -> values.put(one.getKey(), one.getValue().asLong()));
    return values;
  }

  private static Map<String, BigDecimal> amounts(JsonNode node) {
    Map<String, BigDecimal> values = new TreeMap<>();
    node.properties()
        .forEach(one -> values.put(one.getKey(), new BigDecimal(one.getValue().asText())));
    return values;
  }

  private <T> void each(Collection<T> subjects, Consumer<T> question) {
    CompletableFuture<?>[] answers =
        subjects.stream()
            .map(subject -> CompletableFuture.runAsync(() -> question.accept(subject), threads))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(answers).join();
  }

  /** The answer, or a missing node for 404. A B that cannot answer yet is asked again. */
  private JsonNode get(String path) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        HttpResponse<String> response = http.send(request(path), BodyHandlers.ofString());
        if (response.statusCode() == 200) {
          return JSON.readTree(response.body());
        } else if (response.statusCode() == 404) {
          return MissingNode.getInstance();
        } else if (response.statusCode() != 503 || System.nanoTime() > deadline) {
          throw new IllegalStateException(path + " was answered " + response.body());
        }
        Thread.sleep(PAUSE.toMillis());
      } catch (IOException failure) {
        throw new UncheckedIOException(url + path, failure);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(interrupted);
      }
    }
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(20)).build();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
