package dev.waybill.console.letters;

import dev.waybill.console.systems.AwayException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** B, which has applied what it is told. */
final class FakeB implements Outcomes {
  final Set<String> takeEffect = new HashSet<>();
  boolean decided = true;

  /** So many questions it does not answer. */
  int away;

  @Override
  public Set<String> applied(Collection<String> eventIds) {
    if (away > 0) {
      away--;
      throw new AwayException("B", "away");
    }
    return eventIds.stream().filter(takeEffect::contains).collect(Collectors.toSet());
  }

  @Override
  public boolean isDecided() {
    return decided;
  }
}
