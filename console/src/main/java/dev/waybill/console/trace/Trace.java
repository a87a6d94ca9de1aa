package dev.waybill.console.trace;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an id.
 *
 * @param asked as it was given
 * @param aggregate whose events they are; null where it is not about one aggregate
 * @param events by their order in A
 * @param orders ids of orders, where a customer was asked for
 * @param lookedAt where it was looked for, in words
 * @param missing which parts of the answer could not be had, in words
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Trace(
    String asked,
    @Nullable Aggregate aggregate,
    List<Event> events,
    List<String> orders,
    List<String> lookedAt,
    List<String> missing) {

  /**
   * An event and its path.
   *
   * @param version 0 when nobody knows it any more
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Event(
      String eventId,
      @Nullable String aggregateId,
      long version,
      @Nullable String type,
      @Nullable Instant occurredAt,
      @Nullable String traceparent,
      List<Hop> hops) {}

  /**
   * An aggregate, as A and B have it.
   *
   * @param a status, version and total; null when A has none
   * @param b the same of B
   * @param versions what B's store of versions tells; null when nothing
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Aggregate(
      String id, @Nullable Side a, @Nullable Side b, @Nullable JsonNode versions, Hop agreement) {}

  /** An order as one of the two has it. */
  public record Side(String status, long version, String total) {}

  /** Whether anybody knows anything of it. */
  @JsonProperty
  public boolean isFound() {
    return !events.isEmpty() || aggregate != null || !orders.isEmpty();
  }
}
