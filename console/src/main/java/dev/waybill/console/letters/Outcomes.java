package dev.waybill.console.letters;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waybill.console.systems.SystemB;
import dev.waybill.console.systems.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What becomes of letters that were sent again. */
public interface Outcomes {

  /**
   * Those of these events that took effect.
   *
   * @throws dev.waybill.console.systems.AwayException when B cannot be asked
   */
  Set<String> applied(Collection<String> eventIds);

  /**
   * Whether B has read all that was sent.
   *
   * @throws dev.waybill.console.systems.AwayException when it cannot be told
   */
  boolean isDecided();

  /** As B and its group tell. */
  static Outcomes of(SystemB b, Topics topics, String group, String replays) {
    return new Outcomes() {
      private static final int PAGE = 100;

      @Override
      public Set<String> applied(Collection<String> eventIds) {
        List<String> ids = new ArrayList<>(eventIds);
        Set<String> applied = new HashSet<>();
        for (int from = 0; from < ids.size(); from += PAGE) {
          List<String> some = ids.subList(from, Math.min(from + PAGE, ids.size()));
          b.any("/events?ids=" + String.join(",", some))
              .ifPresent(answer -> answer.path("events").forEach(one -> addApplied(one, applied)));
        }
        return applied;
      }

      private static void addApplied(JsonNode event, Set<String> applied) {
        if (event.path("status").asText().equals("applied")) {
          applied.add(event.path("eventId").asText());
        }
      }

      @Override
      public boolean isDecided() {
        return topics.isRead(group, replays);
      }
    };
  }
}
