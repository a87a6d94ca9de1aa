package dev.waybill.consumer.http;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.waybill.runtime.ServiceServer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Asks all instances for many event ids at once, in one question each. Thread-safe; blocks for two
 * seconds an instance at most.
 */
final class EventBatch {
  /** How many ids one question has, so that it fits a request line. */
  static final int MOST = 100;

  private static final JsonMapper JSON =
      ServiceServer.json()
          .rebuild()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final StoresView stores;
  private final Peers peers;
  private final EventJson.Topics topics;

  EventBatch(StoresView stores, Peers peers, EventJson.Topics topics) {
    this.stores = stores;
    this.peers = peers;
    this.topics = topics;
  }

  /** What these partitions, which this instance must keep, remember of the events. */
  List<EventJson> here(Collection<UUID> ids, Set<Integer> partitions) {
    return ids.stream()
        .map(id -> stores.event(id, partitions).map(event -> topics.shown(id, event)))
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * What all partitions remember of them: where one has a dead letter and another one the event
   * applied, the latter.
   *
   * @throws NotAvailableException when not all could be asked
   */
  List<EventJson> everywhere(Collection<UUID> ids) {
    StoresView.Keepers keepers = stores.keepers();
    Map<UUID, EventJson> found = new LinkedHashMap<>();
    here(ids, keepers.here()).forEach(event -> found.put(event.eventId(), event));
    for (Map.Entry<HostInfo, Set<Integer>> other : keepers.others().entrySet()) {
      for (EventJson event : ask(other.getKey(), ids, other.getValue())) {
        found.merge(event.eventId(), event, (one, more) -> one.isApplied() ? one : more);
      }
    }
    return List.copyOf(found.values());
  }

  private List<EventJson> ask(HostInfo host, Collection<UUID> ids, Set<Integer> partitions) {
    String list = ids.stream().map(UUID::toString).collect(joining(","));
    Peers.Answer answer = peers.ask(host, "/events?ids=" + list, partitions);
    if (answer.status() != 200) {
      throw new NotAvailableException("an instance cannot answer now", null);
    }
    try {
      return JSON.readValue(answer.body(), EventsJson.class).events();
    } catch (JsonProcessingException other) {
      throw new NotAvailableException("an instance answers what this one cannot read", other);
    }
  }
}
