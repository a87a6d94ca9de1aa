package dev.waybill.relay.lane;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.Part;
import dev.waybill.relay.cursor.Slots;
import dev.waybill.relay.source.OutboxReader;
import dev.waybill.relay.source.Page;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings slots of a lane that stand at different places to one: each part is read for itself until
 * little is left, and then what is left of all in one snapshot. Of the lane's thread.
 */
final class Joining {
  private final int lane;
  private final LaneParts parts;
  private final WaitingRoom room;
  private final LanePublisher publisher;
  private final BooleanSupplier ending;

  Joining(
      int lane,
      LaneParts parts,
      WaitingRoom room,
      LanePublisher publisher,
      BooleanSupplier ending) {
    this.lane = lane;
    this.parts = parts;
    this.room = room;
    this.publisher = publisher;
    this.ending = ending;
  }

  /**
   * Publishes until all of them stand at one place.
   *
   * @param reader of all of the lane's slots
   * @return where they stand; null when the lane ends before
   */
  @Nullable Cursor joined(List<Part> from, OutboxReader reader) throws SQLException {
    List<Part> at = new ArrayList<>(from);
    while (!ending.getAsBoolean()) {
      for (int i = 0; i < at.size(); i++) {
        catchUp(at, i);
      }
      Optional<Page> rest = ending.getAsBoolean() ? Optional.empty() : reader.joined(at);
      if (rest.isPresent()) {
        await(publisher.publish(rest.get()));
        return rest.get().next();
      }
    }
    return null;
  }

  private void catchUp(List<Part> at, int place) throws SQLException {
    Slots slots = at.get(place).slots();
    try (OutboxReader reader = parts.reader(slots)) {
      boolean more = true;
      while (more && !ending.getAsBoolean()) {
        parts.refuseChangedTopics();
        Page page = parts.read(lane, reader, at.get(place).cursor());
        if (page.rewound() != null) {
          room.rewind();
        }
        at.set(place, new Part(slots, page.next()));
        if (page.isToPublish()) {
          await(publisher.publish(page, at));
        }
        more = page.isToPublish() || page.next().window() != null;
      }
    }
  }

  /** The page may have events in it that begin to wait. */
  private void await(CompletableFuture<Void> committing) {
    committing.join();
    parts.listener().waiting(lane, room.list());
  }
}
