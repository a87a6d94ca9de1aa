package dev.waybill.relay.lane;

import dev.waybill.relay.cursor.LaneCursor;
import dev.waybill.relay.cursor.Layout;
import dev.waybill.relay.cursor.Part;
import dev.waybill.relay.cursor.PublishedTopic;
import dev.waybill.relay.cursor.Slots;
import dev.waybill.relay.cursor.WaitingAggregate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where the lanes of a layout begin: each with the parts of the closed lanes that have its slots.
 *
 * <p>Aggregates that wait, and events that were let pass, go to every lane that has slots of
 * theirs: where an aggregate has no rows it is found not to wait at the first try.
 */
final class Division {
  private final Layout layout;
  private final List<LaneCursor> closed;

  Division(Layout layout, List<LaneCursor> closed) {
    this.layout = layout;
    this.closed = closed;
  }

  /** What is stored of a lane before it has published. */
  LaneCursor cursor(int lane) {
    Slots slots = layout.slots(lane);
    List<Part> parts = new ArrayList<>();
    Map<String, WaitingAggregate> waiting = new LinkedHashMap<>();
    Set<UUID> quarantined = new LinkedHashSet<>();
    for (LaneCursor old : closed) {
      List<Part> of = in(slots, old.parts());
      parts.addAll(of);
      if (!of.isEmpty()) {
        quarantined.addAll(old.quarantined());
        old.waiting().forEach(one -> waiting.merge(one.aggregateId(), one, Division::first));
      }
    }
    return new LaneCursor(
        layout,
        joined(slots, parts),
        topic(),
        List.copyOf(waiting.values()),
        List.copyOf(quarantined),
        false);
  }

  private static List<Part> in(Slots slots, Collection<Part> parts) {
    return parts.stream()
        .flatMap(part -> part.slots().in(slots).map(both -> new Part(both, part.cursor())).stream())
        .toList();
  }

  private static WaitingAggregate first(WaitingAggregate one, WaitingAggregate other) {
    return one.firstSeq() <= other.firstSeq() ? one : other;
  }

  private @Nullable PublishedTopic topic() {
    return closed.stream().map(LaneCursor::topic).filter(Objects::nonNull).findFirst().orElse(null);
  }

  /** In order of their slots, without gaps; neighbours that stand at the same place are one. */
  private static List<Part> joined(Slots slots, List<Part> parts) {
    List<Part> ordered = new ArrayList<>(parts);
    ordered.sort(Comparator.comparingInt(part -> part.slots().from()));
    List<Part> joined = new ArrayList<>();
    int reached = slots.from();
    for (Part part : ordered) {
      add(joined, part);
      reached = part.slots().to();
    }
    if (reached < slots.to()) {
      add(joined, new Part(new Slots(reached, slots.to()), null)); // which nobody had before
    }
    return joined;
  }

  private static void add(List<Part> parts, Part next) {
    Part last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
    if (last != null && Objects.equals(last.cursor(), next.cursor())) {
      parts.set(
          parts.size() - 1,
          new Part(new Slots(last.slots().from(), next.slots().to()), last.cursor()));
    } else {
      parts.add(next);
    }
  }
}
