package dev.waybill.consumer.http;

import dev.waybill.consumer.http.StoresView.OrdersPage;
import dev.waybill.consumer.http.StoresView.Position;
import dev.waybill.deduplication.RememberedEvent;
import dev.waybill.runtime.Problem;
import io.javalin.config.JavalinConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.ConflictResponse;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/**
 * The queries. A key is answered by the instance that keeps it: this one, or another one that is
 * asked in the client's stead. Where an event id is kept cannot be told from the id, so all
 * instances are asked for it.
 */
public final class QueryRoutes {
  private static final int MOST_ORDERS = 1_000;

  private final StoresView stores;
  private final EventJson.Topics topics;
  private final Peers peers = new Peers();
  private final EventBatch batch;

  /** Answers from these stores, which hold what came from the topic of events or of replays. */
  public QueryRoutes(KafkaStores stores, String topic, String replays) {
    this((StoresView) stores, topic, replays);
  }

  QueryRoutes(StoresView stores, String topic, String replays) {
    this.stores = stores;
    this.topics = new EventJson.Topics(topic, replays);
    this.batch = new EventBatch(stores, peers, topics);
  }

  /** Adds the routes to a server. */
  public void addTo(JavalinConfig config) {
    config.routes.get("/orders", this::orders);
    config.routes.get("/orders/{id}", this::order);
    config.routes.get("/customers/{id}", this::customer);
    config.routes.get("/events", this::events);
    config.routes.get("/events/{id}", this::event);
    new AggregateRoute(stores, peers).addTo(config);
    new DigestRoute(stores).addTo(config);
    config.routes.exception(NotAvailableException.class, QueryRoutes::notNow);
  }

  private void orders(Context context) {
    Query query = Query.of(context, List.of("after", "limit"));
    Position after =
        query.parsed("after", Position::parse, "must be what an earlier page gave as next");
    OrdersPage page = stores.orders(after, query.integer("limit", 100, 1, MOST_ORDERS));
    if (after != null && !page.partitions().contains(after.partition())) {
      throw new ConflictResponse(
          "this instance has the partitions %s, and after=%s goes on in another: it is another instance's, or the partitions have moved; begin again"
              .formatted(page.partitions(), after));
    }
    context.json(OrdersJson.of(page));
  }

  private void order(Context context) {
    UUID id = id(context);
    byKey(
        context, stores.placeOfOrder(id), partition -> stores.order(id, partition), OrderJson::of);
  }

  private void customer(Context context) {
    UUID id = id(context);
    byKey(
        context,
        stores.placeOfCustomer(id),
        partition -> stores.customer(id, partition),
        totals -> CustomerJson.of(id, totals));
  }

  private <T> void byKey(
      Context context, Place place, IntFunction<Optional<T>> local, Function<T, ?> shown) {
    if (place instanceof Place.There there) {
      if (wasPassedOn(context)) {
        throw new NotAvailableException("partitions are moving between instances", null);
      }
      relay(context, peers.ask(there.host(), context.path()));
    } else if (place instanceof Place.Here here) {
      answer(context, local.apply(here.partition()).map(shown).orElse(null));
    } else {
      throw new NotAvailableException("partitions are moving between instances", null);
    }
  }

  /** Of the events that took effect, when they did; asks all instances, and blocks. */
  public Map<UUID, Instant> applied(Collection<UUID> ids) {
    return batch.everywhere(ids).stream()
        .filter(EventJson::isApplied)
        .collect(Collectors.toMap(EventJson::eventId, EventJson::at, (one, other) -> one));
  }

  private void events(Context context) {
    List<UUID> ids =
        Query.of(context, List.of("ids"))
            .parsed("ids", QueryRoutes::ids, "must be up to 100 UUIDs with commas");
    if (ids == null) {
      throw new BadRequestResponse("ids must be given: up to 100 UUIDs with commas");
    }
    List<EventJson> found =
        wasPassedOn(context)
            ? batch.here(ids, Peers.partitions(context.header(Peers.PARTITIONS)))
            : batch.everywhere(ids);
    context.json(new EventsJson(found));
  }

  private static Optional<List<UUID>> ids(String list) {
    List<Optional<UUID>> ids =
        Arrays.stream(list.split(",", -1)).map(Query::uuidOf).distinct().toList();
    return ids.size() <= EventBatch.MOST && ids.stream().allMatch(Optional::isPresent)
        ? Optional.of(ids.stream().flatMap(Optional::stream).toList())
        : Optional.empty();
  }

  /** Who asks in a client's stead names the partitions to search, and all must be here. */
  private void event(Context context) {
    UUID id = id(context);
    if (wasPassedOn(context)) {
      var partitions = Peers.partitions(context.header(Peers.PARTITIONS));
      answer(context, stores.event(id, partitions).map(shown(id)).orElse(null));
      return;
    }
    StoresView.Keepers keepers = stores.keepers();
    NotAvailableException missed = null;
    EventJson here = null;
    try {
      here = stores.event(id, keepers.here()).map(shown(id)).orElse(null);
    } catch (NotAvailableException moving) {
      missed = moving;
    }
    if (here != null && here.isApplied()) {
      answer(context, here);
    } else {
      others(context, keepers.others(), here, missed);
    }
  }

  /**
   * "Not found" only when every partition could be searched; and a dead letter only then, too,
   * because it may be of a copy that went astray, and the event applied elsewhere.
   */
  private void others(
      Context context,
      Map<HostInfo, Set<Integer>> others,
      @Nullable EventJson here,
      @Nullable NotAvailableException missedHere) {
    NotAvailableException missed = missedHere;
    Peers.Answer letter = null;
    for (Map.Entry<HostInfo, Set<Integer>> other : others.entrySet()) {
      try {
        Peers.Answer answer = peers.ask(other.getKey(), context.path(), other.getValue());
        if (answer.status() == 200 && EventJson.isApplied(answer.body())) {
          relay(context, answer);
          return;
        }
        if (answer.status() == 200) {
          letter = answer;
        } else if (answer.status() != 404) {
          missed = new NotAvailableException("an instance cannot answer now", null);
        }
      } catch (NotAvailableException away) {
        missed = away;
      }
    }
    if (missed != null) {
      throw missed;
    }
    if (letter != null && here == null) {
      relay(context, letter);
    } else {
      answer(context, here);
    }
  }

  private Function<RememberedEvent, EventJson> shown(UUID id) {
    return event -> topics.shown(id, event);
  }

  private static void answer(Context context, @Nullable Object found) {
    if (found == null) {
      Problem.of(404, "Not found", "B knows nothing of " + context.path()).writeTo(context);
    } else {
      context.json(found);
    }
  }

  /** Answers what another instance has answered. */
  static void relay(Context context, Peers.Answer answer) {
    if (answer.status() == 503) {
      context.header("Retry-After", "1");
    }
    context.status(answer.status()).result(answer.body()).contentType(answer.contentType());
  }

  private static void notNow(NotAvailableException moving, Context context) {
    context.header("Retry-After", "1");
    Problem.of(503, "Not available now", String.valueOf(moving.getMessage())).writeTo(context);
  }

  /** Whether another instance asks, in a client's stead. */
  static boolean wasPassedOn(Context context) {
    return context.header(Peers.PASSED_ON) != null;
  }

  private static UUID id(Context context) {
    return Query.uuidOf(context.pathParam("id")).orElseThrow(QueryRoutes::refusedId);
  }

  private static BadRequestResponse refusedId() {
    return new BadRequestResponse("the id must be a UUID");
  }
}
