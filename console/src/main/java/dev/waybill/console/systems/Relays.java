package dev.waybill.console.systems;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The relays: their lanes, and letting one event pass. Safe for use by many threads. */
public final class Relays {
  /** What writers stamp lies below; the last lane has what old rows have beyond it. */
  private static final int SLOTS = 256;

  private final Web web = new Web();
  private final List<String> urls;
  private final @Nullable String token;

  /**
   * Asks nothing yet.
   *
   * @param token for actions; null where none are wanted
   */
  public Relays(List<String> urls, @Nullable String token) {
    this.urls = List.copyOf(urls);
    this.token = token;
  }

  /**
   * All lanes.
   *
   * @param count how many there are
   * @param owned those that a relay owns that could be asked, by number
   * @param away which relays could not be asked, in words: their addresses, and why
   */
  public record Lanes(int count, Map<Integer, Lane> owned, List<String> away) {

    /** The lane that publishes a slot's rows; empty when nobody that could be asked owns it. */
    public Optional<Lane> of(int slot) {
      return Optional.ofNullable(owned.get(numberOf(slot)));
    }

    /** Of which number it is. */
    public int numberOf(int slot) {
      int lane = 0;
      while (lane < count - 1 && slot >= (lane + 1) * SLOTS / count) {
        lane++;
      }
      return lane;
    }

    /** Whether the row is behind its lane's cursor; empty when nobody can tell. */
    public Optional<Boolean> isPublished(OutboxEvent row) {
      return of(row.slot())
          .map(lane -> lane.cursor().isPast(row) && lane.waitsFor(row.aggregateId()).isEmpty());
    }
  }

  /**
   * Asks each relay.
   *
   * @throws AwayException when none answers
   */
  public Lanes lanes() {
    Map<Integer, Lane> owned = new HashMap<>();
    List<String> away = new ArrayList<>();
    int count = 0;
    for (String url : urls) {
      try {
        Web.Answer answer = web.get("the relay", url, "/lanes");
        if (answer.status() != 200) {
          throw new AwayException("the relay", url + ": " + answer.detail());
        }
        count = Math.max(count, answer.body().path("layout").asInt());
        for (JsonNode lane : answer.body().path("lanes")) {
          if (lane.path("owned").asBoolean()) {
            Lane found = Lane.of(url, lane);
            owned.put(found.number(), found);
          }
        }
      } catch (AwayException notThere) {
        away.add(notThere.why());
      }
    }
    if (away.size() == urls.size()) {
      throw new AwayException("the relay", String.join("; ", away));
    }
    return new Lanes(Math.max(count, 1), Map.copyOf(owned), List.copyOf(away));
  }

  /** What came of letting an event pass. */
  public record Passed(boolean done, String words) {}

  /**
   * Lets one event pass: it becomes a dead letter, and what waits behind it flows.
   *
   * @throws AwayException when no relay takes it; nothing is done then, as far as anybody knows
   */
  public Passed quarantine(String eventId, String reason, String by) {
    if (token == null) {
      return new Passed(false, "CONSOLE_RELAY_TOKEN is not set, which the relay asks for");
    }
    JsonNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("eventId", eventId)
            .put("reason", reason)
            .put("by", by);
    AwayException missed = new AwayException("the relay", "there is none");
    for (String url : urls) {
      try {
        Web.Answer answer = web.post("the relay", url, "/quarantine", body, token);
        boolean done = answer.status() == 200;
        boolean now = answer.body().path("now").asBoolean();
        return new Passed(
            done,
            !done ? answer.detail() : now ? "it is a dead letter now" : "it was let pass before");
      } catch (AwayException notThere) {
        missed = notThere;
      }
    }
    throw missed;
  }
}
