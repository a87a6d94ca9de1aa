package dev.waybill.consumer.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.waybill.deduplication.AggregateVersions;
import dev.waybill.runtime.Problem;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Which versions of an aggregate took effect; answered by the instance that keeps it. */
final class AggregateRoute {
  private static final int SHOWN = 1_000;

  private final StoresView stores;
  private final Peers peers;

  /**
   * What is shown of it.
   *
   * @param outstanding versions below the last that never took effect, the first 1,000
   * @param outstandingCount how many there are; absent when all are shown
   * @param deadLetters versions above the last of which there are dead letters
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record AggregateJson(
      String key,
      int partition,
      long lastVersion,
      List<Long> outstanding,
      @Nullable Long outstandingCount,
      List<Long> deadLetters) {

    static AggregateJson of(String key, int partition, AggregateVersions versions) {
      List<Long> shown =
          versions.outstanding().stream()
              .flatMapToLong(range -> LongStream.rangeClosed(range.first(), range.last()))
              .limit(SHOWN)
              .boxed()
              .toList();
      long count =
          versions.outstanding().stream()
              .mapToLong(range -> range.last() - range.first() + 1)
              .sum();
      return new AggregateJson(
          key,
          partition,
          versions.last(),
          shown,
          count > shown.size() ? count : null,
          versions.deadLetters());
    }
  }

  AggregateRoute(StoresView stores, Peers peers) {
    this.stores = stores;
    this.peers = peers;
  }

  void addTo(JavalinConfig config) {
    config.routes.get("/aggregates/<key>", this::aggregate);
  }

  private void aggregate(Context context) {
    Query unused = Query.of(context, List.of());
    String key = context.pathParam("key");
    byte[] bytes = key.getBytes(UTF_8);
    Place place = stores.placeOfAggregate(bytes);
    if (place instanceof Place.Here here) {
      Optional<AggregateVersions> found = stores.aggregate(bytes, here.partition());
      if (found.isPresent()) {
        context.json(AggregateJson.of(key, here.partition(), found.get()));
      } else {
        Problem.of(404, "Not found", "B has nothing of the aggregate " + key).writeTo(context);
      }
    } else if (place instanceof Place.There there && !QueryRoutes.wasPassedOn(context)) {
      QueryRoutes.relay(context, peers.ask(there.host(), "/aggregates/" + encoded(key)));
    } else {
      throw new NotAvailableException("partitions are moving between instances", null);
    }
  }

  /** For a path, where a plus is a plus; slashes stay, because servers refuse encoded ones. */
  private static String encoded(String key) {
    return URLEncoder.encode(key, UTF_8).replace("+", "%20").replace("%2F", "/");
  }
}
