package dev.waybill.console.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.console.systems.EventIds;
import dev.waybill.deduplication.Reason;
import dev.waybill.deduplication.replay.Letter;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The event's id in a repair. It stays the letter's, so that B sees whether the event has taken
 * effect; only where that id is the fault, it has to be another.
 *
 * @param isNew whether it is another
 */
record EditedId(String text, boolean isNew) {
  private static final String HEADER = "ce_id";

  /** Whose ids are no events', or have been another's. */
  private static final Set<String> NEED_ANOTHER =
      Set.of(
          Reason.MISSING_ID.name(),
          Reason.INVALID_ID.name(),
          Reason.CONFLICT.name(),
          Reason.EXPIRED.name());

  /**
   * As the headers of a repair say it.
   *
   * @throws IllegalArgumentException when it has to stay and does not, or has to be another and is
   *     not
   */
  static EditedId of(Letter letter, Headers headers) {
    Header header = headers.lastHeader(HEADER);
    String text = header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
    Optional<UUID> id = EventIds.parse(text);
    Optional<UUID> before = EventIds.parse(letter.eventId());
    boolean stays = before.isPresent() && !NEED_ANOTHER.contains(letter.reason());
    if (stays && !id.equals(before)) {
      throw new IllegalArgumentException(
          "ce_id has to stay %s: by it B knows the event".formatted(before.get()));
    }
    if (!stays && (id.flatMap(EventIds::time).isEmpty() || id.equals(before))) {
      throw new IllegalArgumentException(
          "ce_id has to be a new UUID of version 7, as of a letter that is %s; for example %s"
              .formatted(letter.reason(), EventIds.make(Instant.now())));
    }
    return new EditedId(id.orElseThrow().toString(), !stays);
  }
}
