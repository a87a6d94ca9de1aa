package dev.waybill.console.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * What an audit found.
 *
 * @param missing which parts could not be compared, in words
 */
public record AuditReport(List<Minute> minutes, List<String> missing) {

  /**
   * A minute, by the time in the ids of events.
   *
   * @param committed events in A
   * @param published of those; -1 when no relay could be asked
   * @param applied events in B
   * @param differences those that are named; at most a hundred
   * @param unnamed how many more there are
   */
  public record Minute(
      Instant minute,
      int committed,
      int published,
      int applied,
      boolean agrees,
      List<Difference> differences,
      int unnamed) {}

  /** Whether all that could be compared agrees, and nothing could not be. */
  @JsonProperty
  public boolean isAgreed() {
    return missing.isEmpty() && minutes.stream().allMatch(Minute::agrees);
  }
}
