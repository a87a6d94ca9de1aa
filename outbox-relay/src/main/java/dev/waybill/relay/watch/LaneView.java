package dev.waybill.relay.watch;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.Landmark;
import dev.waybill.relay.cursor.WaitingAggregate;
import dev.waybill.relay.cursor.Window;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lane at one moment, as this instance shows it. Of one that is not owned here it knows its
 * number only.
 *
 * @param cursor how far it is published; null before the first event, or when it is not owned
 * @param lagSeconds age of the oldest event that is not published; null when it is not known
 * @param published events that this process has published of it
 * @param stuck why it does not go on, in words; null when it does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LaneView(
    int lane,
    boolean owned,
    @Nullable At cursor,
    @Nullable Double lagSeconds,
    long published,
    @Nullable String stuck,
    List<Waiting> waiting,
    List<UUID> quarantined) {

  /**
   * How far.
   *
   * @param snapshot everything that it shows is published, {@code xmin:xmax:xip}
   * @param readAt when it was taken
   * @param windowUpTo the snapshot that closes the window that is being published; null between
   *     windows
   * @param afterSeq up to which row of that window
   * @param landmark the last row that was published
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record At(
      String snapshot,
      Instant readAt,
      @Nullable String windowUpTo,
      @Nullable Long afterSeq,
      @Nullable Landmark landmark) {

    static At of(Cursor cursor) {
      Window window = cursor.window();
      return new At(
          cursor.seen().toString(),
          cursor.readAt(),
          window == null ? null : window.upTo().toString(),
          window == null ? null : window.afterSeq(),
          cursor.landmark());
    }
  }

  /**
   * An aggregate whose events wait.
   *
   * @param since when the event occurred that is refused; null when nobody can say
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Waiting(
      String aggregateId, UUID eventId, @Nullable Instant since, String cause, String reason) {

    static Waiting of(WaitingAggregate one) {
      return new Waiting(
          one.aggregateId(), one.eventId(), one.occurredAt(), one.cause(), one.reason());
    }
  }
}
