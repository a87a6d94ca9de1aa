package dev.waybill.proof.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Which attacks come, in their order: all of it is decided by a seed and the names of faults. How
 * many of them there is time for is decided by the machine.
 */
public final class Schedule {
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);

  private final Draw draw;
  private final List<FaultKind> kinds;
  private List<FaultKind> round = List.of();

  /**
   * @param kinds that are drawn, each once before one is drawn again; those that never are, are
   *     left out
   */
  public Schedule(long seed, List<FaultKind> kinds) {
    this.draw = new Draw(seed);
    this.kinds = kinds.stream().filter(FaultKind::isDrawn).toList();
  }

  /** What comes next: one, or now and then two at a time, of different kinds; none of no kinds. */
  public List<Attack> next() {
    if (kinds.isEmpty()) {
      return List.of();
    }
    List<Attack> next = new ArrayList<>();
    FaultKind first = kind(kinds);
    next.add(first.draw(draw, SHORTEST_PAUSE.plus(draw.seconds(0, 3))));
    List<FaultKind> others = kinds.stream().filter(kind -> kind != first && kind.lasts()).toList();
    if (first.lasts() && !others.isEmpty() && draw.between(1, 4) == 1) {
      next.add(kind(others).draw(draw, Duration.ZERO));
    }
    return next;
  }

  private FaultKind kind(List<FaultKind> allowed) {
    if (round.stream().noneMatch(allowed::contains)) {
      round = new ArrayList<>(kinds);
    }
    FaultKind kind = draw.of(round.stream().filter(allowed::contains).toList());
    round.remove(kind);
    return kind;
  }
}
