package dev.waybill.console.trace;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waybill.console.systems.AwayException;
import dev.waybill.console.systems.EventIds;
import dev.waybill.console.systems.OrdersTable;
import dev.waybill.console.systems.OutboxEvent;
import dev.waybill.console.systems.OutboxSearch;
import dev.waybill.console.systems.Relays;
import dev.waybill.console.systems.SystemA;
import dev.waybill.console.systems.SystemB;
import dev.waybill.console.systems.Topics;
import dev.waybill.console.trace.Trace.Aggregate;
import dev.waybill.console.trace.Trace.Event;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says where an event is, or the events of an aggregate or of a trace. Asks each system at most a
 * few bounded questions; what cannot be asked is said, and the rest answered. Safe for use by many
 * threads.
 */
public final class Tracing {
  private static final int MOST_EVENTS = 20;
  private static final int MOST_ORDERS = 50;

  private final SystemA a;
  private final Relays relays;
  private final SystemB b;
  private final Topics topics;
  private final String topic;
  private final String group;

  /**
   * Asks nothing yet.
   *
   * @param topic of the events
   * @param group B's
   */
  public Tracing(SystemA a, Relays relays, SystemB b, Topics topics, String topic, String group) {
    this.a = a;
    this.relays = relays;
    this.b = b;
    this.topics = topics;
    this.topic = topic;
    this.group = group;
  }

  /** What A has. */
  private record Found(
      List<OutboxEvent> rows,
      OrdersTable.@Nullable Order order,
      List<OrdersTable.Order> ofCustomer,
      @Nullable Instant begin) {
    static final Found NOTHING = new Found(List.of(), null, List.of(), null);
  }

  /** Where it is. Blocks on each system, for seconds at worst. */
  public Trace trace(Asked asked) {
    List<String> missing = new ArrayList<>();
    Found found = Found.NOTHING;
    AwayException noA = null;
    try {
      found = a.ask(connection -> inA(connection, asked));
    } catch (AwayException away) {
      noA = away;
      missing.add(String.valueOf(away.getMessage()));
    }
    Supplier<Relays.Lanes> lanes = new Once<>(relays::lanes);
    List<Event> events = new ArrayList<>();
    for (OutboxEvent row : found.rows()) {
      events.add(event(row, lanes));
    }
    if (events.isEmpty() && asked instanceof Asked.Id id) {
      unknownToA(id.id(), found, noA, missing).ifPresent(events::add);
    }
    Aggregate aggregate = aggregate(asked, found, events, noA, missing);
    return new Trace(
        asked.text(),
        aggregate,
        List.copyOf(events),
        found.ofCustomer().stream().map(order -> order.id().toString()).toList(),
        lookedAt(asked, found),
        missing.stream().distinct().toList());
  }

  private Found inA(Connection connection, Asked asked) throws SQLException {
    OutboxSearch outbox = new OutboxSearch(connection);
    Instant begin = outbox.begin().orElse(null);
    if (asked instanceof Asked.TraceId trace) {
      return new Found(newest(outbox.trace(trace.id())), null, List.of(), begin);
    }
    if (asked instanceof Asked.Key key) {
      return new Found(newest(outbox.aggregate(key.text(), List.of())), null, List.of(), begin);
    }
    UUID id = ((Asked.Id) asked).id();
    Optional<OrdersTable.Order> order = OrdersTable.find(connection, id);
    if (order.isEmpty()) {
      Optional<OutboxEvent> event = outbox.event(id);
      if (event.isPresent()) {
        return new Found(List.of(event.get()), null, List.of(), begin);
      }
    }
    List<Instant> times = new ArrayList<>();
    EventIds.time(id).ifPresent(times::add);
    order.ifPresent(one -> times.add(one.updatedAt()));
    List<OutboxEvent> rows = newest(outbox.aggregate(id.toString(), times));
    List<OrdersTable.Order> ofCustomer =
        rows.isEmpty() && order.isEmpty()
            ? OrdersTable.ofCustomer(connection, id, MOST_ORDERS)
            : List.of();
    return new Found(rows, order.orElse(null), ofCustomer, begin);
  }

  private static List<OutboxEvent> newest(List<OutboxEvent> rows) {
    return rows.subList(Math.max(0, rows.size() - MOST_EVENTS), rows.size());
  }

  private Event event(OutboxEvent row, Supplier<Relays.Lanes> lanes) {
    TopicHops kafka = new TopicHops(topics, b, topic, group, row);
    Path path =
        new Path(
            row.eventId().toString(),
            row,
            new Path.Known(lanes, () -> inB(row.eventId()), kafka::topic, kafka::reading));
    return new Event(
        row.eventId().toString(),
        row.aggregateId(),
        row.version(),
        row.type(),
        row.occurredAt(),
        row.traceparent(),
        path.hops(Hop.of("committed", State.DONE, "")));
  }

  private Optional<JsonNode> inB(UUID eventId) {
    return b.any("/events/" + eventId);
  }

  /** An event that B may remember although A has no row of it. */
  private Optional<Event> unknownToA(
      UUID id, Found found, @Nullable AwayException noA, List<String> missing) {
    try {
      Optional<JsonNode> known = inB(id);
      if (known.isEmpty()) {
        return Optional.empty();
      }
      Hop noRow =
          noA != null
              ? Hop.unknown("committed", noA, "whether it committed")
              : Hop.of("committed", State.ABSENT, "no row of it is in the outbox" + pruned(found));
      Path path =
          new Path(
              id.toString(),
              null,
              new Path.Known(
                  relays::lanes,
                  () -> known,
                  () -> Hop.of("topic", State.UNKNOWN, ""),
                  () -> Hop.of("decided", State.UNKNOWN, "")));
      return Optional.of(
          new Event(
              id.toString(),
              null,
              known.get().path("version").asLong(),
              null,
              EventIds.time(id).orElse(null),
              null,
              path.hops(noRow)));
    } catch (AwayException away) {
      missing.add(String.valueOf(away.getMessage()));
      return Optional.empty();
    }
  }

  private static String pruned(Found found) {
    return found.begin() == null
        ? ", which is empty"
        : ": it begins at " + found.begin() + " (older rows were pruned), or it is not A's";
  }

  private @Nullable Aggregate aggregate(
      Asked asked,
      Found found,
      List<Event> events,
      @Nullable AwayException noA,
      List<String> missing) {
    String id =
        events.stream()
            .map(Event::aggregateId)
            .filter(one -> one != null)
            .findFirst()
            .orElse(asked instanceof Asked.TraceId ? null : asked.text());
    if (id == null || !found.ofCustomer().isEmpty()) {
      return null;
    }
    try {
      JsonNode versions = b.aggregate(id).orElse(null);
      Optional<UUID> uuid = EventIds.parse(id);
      Trace.Side inB = uuid.flatMap(one -> b.any("/orders/" + one)).map(Agreement::of).orElse(null);
      if (versions == null && inB == null && events.isEmpty() && found.order() == null) {
        return null;
      }
      OrdersTable.Order order = found.order();
      if (order == null && noA == null && uuid.isPresent()) {
        order = a.ask(connection -> OrdersTable.find(connection, uuid.get())).orElse(null);
      }
      Trace.Side inA = order == null ? null : Agreement.of(order);
      return new Aggregate(
          id,
          inA,
          inB,
          versions,
          noA == null ? Agreement.between(inA, inB) : Agreement.unknown(noA));
    } catch (AwayException away) {
      missing.add(String.valueOf(away.getMessage()));
      OrdersTable.Order order = found.order();
      return order == null && events.isEmpty()
          ? null
          : new Aggregate(
              id, order == null ? null : Agreement.of(order), null, null, Agreement.unknown(away));
    }
  }

  private static List<String> lookedAt(Asked asked, Found found) {
    List<String> places = new ArrayList<>();
    if (asked instanceof Asked.Id) {
      places.add("A's outbox around the time in the id, and its last rows");
      places.add("A's orders, by order and by customer");
      places.add("B's ids, versions and orders");
    } else {
      places.add("the last " + OutboxSearch.recent() + " rows of A's outbox");
      if (asked instanceof Asked.Key) {
        places.add("B's versions");
      }
    }
    if (found.begin() != null) {
      places.add("A's outbox begins at " + found.begin());
    }
    return List.copyOf(places);
  }
}
