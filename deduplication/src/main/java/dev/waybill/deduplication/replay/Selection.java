package dev.waybill.deduplication.replay;

import dev.waybill.deduplication.Reason;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are replayed.
 *
 * @param eventIds of these events; empty for any
 * @param reasons of these reasons; empty for any
 * @param limit how many at most
 */
public record Selection(Set<UUID> eventIds, Set<Reason> reasons, int limit) {

  /**
   * The reasons that a replay of the unchanged record can help: the schema is known by now, the
   * program has learnt to read it or has lost a bug, or the record comes to its key's partition.
   * The others need another record.
   */
  public static final Set<Reason> CURABLE =
      Set.of(Reason.UNDECODABLE, Reason.UNPROCESSABLE, Reason.WRONG_PARTITION);

  boolean takes(Letter letter) {
    return takesId(parsed(letter.eventId()))
        && (reasons.isEmpty()
            || reasons.stream().anyMatch(reason -> reason.name().equals(letter.reason())));
  }

  private boolean takesId(@Nullable UUID id) {
    return eventIds.isEmpty() || (id != null && eventIds.contains(id));
  }

  private static @Nullable UUID parsed(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException noId) {
      return null;
    }
  }
}
