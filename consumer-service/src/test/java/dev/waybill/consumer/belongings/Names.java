package dev.waybill.consumer.belongings;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;

/** B's belongings as tests have them. */
final class Names {
  static final String VERSIONS = "b-versions-changelog";
  static final String CUSTOMERS = "b-customers-changelog";
  static final String DELTAS = "b-deltas-repartition";

  static final String REPLAYS = "replays";
  static final String LETTERS = "letters";

  static final Belongings OWN =
      new Belongings(
          "b",
          "events",
          Set.of("events", REPLAYS, DELTAS),
          Set.of(VERSIONS, CUSTOMERS, DELTAS),
          Set.of(LETTERS),
          List.of(VERSIONS, CUSTOMERS, DELTAS),
          Map.of("events", VERSIONS, DELTAS, CUSTOMERS),
          Path.of("nowhere"),
          false);

  private Names() {}

  /** The events' topic and every internal one. */
  static Map<String, TopicDescription> all(TopicDescription events, Uuid id) {
    Map<String, TopicDescription> all = new HashMap<>();
    all.put(events.name(), events);
    for (String internal : List.of(VERSIONS, CUSTOMERS, DELTAS)) {
      all.put(internal, StandingTest.topic(internal, id, events.partitions().size()));
    }
    return all;
  }
}
