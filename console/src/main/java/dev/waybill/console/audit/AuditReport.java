package dev.waybill.console.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * What an audit found.
 *
 * @param buckets the events of these minutes once more, by buckets of aggregates; all of them
 * @param aggregates whose events did not all take effect; at most a hundred
 * @param unnamed how many of them there are beside those
 * @param missing which parts could not be compared, in words
 */
public record AuditReport(
    List<Minute> minutes,
    List<Bucket> buckets,
    List<Aggregate> aggregates,
    int unnamed,
    List<String> missing) {

  /** What is said when nothing could be compared. */
  static AuditReport nothing(List<String> missing) {
    return new AuditReport(List.of(), List.of(), List.of(), 0, List.copyOf(missing));
  }

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

  /**
   * Aggregates whose ids have one hash.
   *
   * @param bucket from 0
   * @param committed events in A
   * @param published of those; -1 when no relay could be asked
   * @param applied of those
   */
  public record Bucket(int bucket, int committed, int published, int applied) {

    /** Whether all that committed took effect. */
    @JsonProperty
    public boolean agrees() {
      return committed == applied;
    }
  }

  /**
   * An aggregate whose events did not all take effect.
   *
   * @param inA its last version in A
   * @param inB its last version in B; 0 when B has nothing of it
   * @param events how many of its events in these minutes did not take effect
   * @param first the first of them, and why
   */
  public record Aggregate(int bucket, long inA, long inB, int events, Difference first) {}

  /** Whether all that could be compared agrees, and nothing could not be. */
  @JsonProperty
  public boolean isAgreed() {
    return missing.isEmpty() && minutes.stream().allMatch(Minute::agrees);
  }
}
