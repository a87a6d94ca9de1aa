package dev.waybill.console.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.waybill.console.audit.Difference.Why;
import dev.waybill.console.systems.AwayException;
import dev.waybill.console.systems.EventIds;
import dev.waybill.console.systems.OrdersTable;
import dev.waybill.console.systems.SystemA;
import dev.waybill.console.systems.SystemB;
import dev.waybill.console.trace.Agreement;
import dev.waybill.console.trace.Hop;
import dev.waybill.console.trace.State;
import dev.waybill.console.trace.Trace.Side;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Compares A's table of orders with B's, page by page, up to a number of orders. An order that
 * differs is asked for once more in both at the end, because it may have been on its way.
 */
public final class TablesAudit {
  private static final int PAGE = 1_000;
  private static final int NAMED = 1_000;

  private final SystemA a;
  private final SystemB b;

  /** Asks nothing yet. */
  public TablesAudit(SystemA a, SystemB b) {
    this.a = a;
    this.b = b;
  }

  /**
   * What was found.
   *
   * @param compared how many orders
   * @param whole false when there are more than were compared
   */
  public record Report(int compared, boolean whole, List<Difference> differences) {

    /** Whether all orders were compared and are the same. */
    @JsonProperty
    public boolean isAgreed() {
      return whole && differences.isEmpty();
    }
  }

  /**
   * Compares. Blocks for as long as it takes.
   *
   * @param most orders are compared
   * @param progress told how many were read, now and then
   * @throws AwayException when A or B cannot be asked
   */
  public Report compare(int most, IntConsumer progress) {
    Map<UUID, Side> inB = inB(most, progress);
    boolean wholeB = inB.size() < most;
    List<UUID> suspects = new ArrayList<>();
    UUID after = null;
    int compared = 0;
    boolean wholeA = false;
    while (!wholeA && compared < most) {
      UUID from = after;
      List<OrdersTable.Order> page = a.ask(connection -> OrdersTable.page(connection, from, PAGE));
      for (OrdersTable.Order order : page) {
        Side theirs = inB.remove(order.id());
        if (!Agreement.of(order).equals(theirs)) {
          suspects.add(order.id());
        }
        after = order.id();
      }
      compared += page.size();
      wholeA = page.size() < PAGE;
      progress.accept(compared);
    }
    if (wholeA) {
      suspects.addAll(inB.keySet());
    }
    List<Difference> differences = new ArrayList<>();
    for (UUID suspect : suspects) {
      Difference difference = differences.size() < NAMED ? again(suspect) : null;
      if (difference != null) {
        differences.add(difference);
      }
    }
    return new Report(compared, wholeA && wholeB, List.copyOf(differences));
  }

  private Map<UUID, Side> inB(int most, IntConsumer progress) {
    Map<UUID, Side> all = new HashMap<>();
    for (SystemB.Instance instance : b.instances()) {
      String after = "";
      do {
        String path =
            SystemB.path("/orders", Map.of("limit", Integer.toString(PAGE), "after", after));
        JsonNode page =
            b.of(instance.url(), path).orElseThrow(() -> new AwayException("B", "has no orders"));
        for (JsonNode order : page.path("orders")) {
          EventIds.parse(order.path("id").asText())
              .ifPresent(id -> all.put(id, Agreement.of(order)));
        }
        after = page.path("next").asText();
        progress.accept(all.size());
      } while (!after.isEmpty() && all.size() < most);
    }
    return all;
  }

  /** What differs still; null when it was on its way. */
  private @Nullable Difference again(UUID id) {
    Side theirs = b.any("/orders/" + id).map(Agreement::of).orElse(null);
    Side ours =
        a.ask(connection -> OrdersTable.find(connection, id)).map(Agreement::of).orElse(null);
    Hop hop = Agreement.between(ours, theirs);
    if (hop.state() == State.DONE || (ours == null && theirs == null)) {
      return null;
    }
    Why why =
        hop.state() == State.WAITING ? Why.WAITING : ours == null ? Why.UNKNOWN_TO_A : Why.DIVERGED;
    return new Difference(null, id.toString(), ours == null ? 0 : ours.version(), why, hop.words());
  }
}
