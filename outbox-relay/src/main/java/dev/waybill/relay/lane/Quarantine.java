package dev.waybill.relay.lane;

import static java.util.stream.Collectors.joining;

import dev.waybill.relay.cursor.Cursor;
import dev.waybill.relay.cursor.CursorRecords;
import dev.waybill.relay.cursor.LaneCursor;
import dev.waybill.relay.cursor.Layout;
import dev.waybill.relay.cursor.WaitingAggregate;
import dev.waybill.relay.source.OutboxReader;
import dev.waybill.relay.source.OutboxRow;
import dev.waybill.relay.topic.DeadLetters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;

/**
 * Lets an event pass for which an aggregate waits: a dead letter, and in the same transaction the
 * lane's cursor, in which the event is quarantined and those behind it come next.
 *
 * <p>Only a lane's owner writes its cursor, so this becomes the owner for a moment.
 */
public final class Quarantine {
  private final Lanes.Readers readers;
  private final DeadLetters letters;
  private final MomentaryOwner owner;
  private final CursorTopic cursors;

  /** Opens nothing yet. */
  public Quarantine(Lanes.KafkaSide kafka, Lanes.Readers readers, DeadLetters letters) {
    this.readers = readers;
    this.letters = letters;
    this.owner =
        new MomentaryOwner(
            new LaneProducers(kafka, List.of(letters.partition()), new SimpleMeterRegistry()));
    this.cursors = new CursorTopic(kafka);
  }

  /**
   * Lets the event pass. Blocks. No lane is disturbed but the one in which an aggregate waits for
   * the event.
   *
   * @return whether it was done now; if not, it was done before
   * @throws QuarantineRefusedException when no aggregate waits for the event
   * @throws SQLException when the database is away; nothing was changed
   * @throws KafkaException when it is not known to be done; the next try will tell
   */
  public boolean letPass(UUID event, DeadLetters.Verdict verdict) throws SQLException {
    Layout layout = cursors.layout();
    if (layout == null) {
      throw notRefused(event, List.of());
    }
    if (layout.before() != null) {
      throw new QuarantineRefusedException(
          "the lanes are being changed; try again when that is done, with a relay running");
    }
    int lane = laneOf(event, layout);
    return owner.own(lane, commit -> letPassIn(lane, layout, event, verdict, commit));
  }

  private int laneOf(UUID event, Layout layout) {
    List<LaneCursor> lanes;
    try (CursorRecords records = cursors.records()) {
      lanes = records.lanes(layout);
    }
    for (int lane = 0; lane < lanes.size(); lane++) {
      if (wasPassed(event, lanes.get(lane)) || refused(event, lanes.get(lane)).isPresent()) {
        return lane;
      }
    }
    throw notRefused(event, lanes.stream().flatMap(one -> one.waiting().stream()).toList());
  }

  private static boolean wasPassed(UUID event, LaneCursor cursor) {
    return cursor.quarantined().contains(event);
  }

  private static Optional<WaitingAggregate> refused(UUID event, LaneCursor cursor) {
    return cursor.waiting().stream().filter(one -> one.eventId().equals(event)).findFirst();
  }

  private static QuarantineRefusedException notRefused(UUID event, List<WaitingAggregate> waiting) {
    return new QuarantineRefusedException(
        "no aggregate waits since event %s, and nothing else can be quarantined; %s"
            .formatted(
                event,
                waiting.isEmpty()
                    ? "none waits at all"
                    : waiting.stream()
                        .map(WaitingAggregate::toString)
                        .collect(joining("\n  ", "these wait:\n  ", ""))));
  }

  private boolean letPassIn(
      int lane,
      Layout layout,
      UUID event,
      DeadLetters.Verdict verdict,
      MomentaryOwner.Commit commit)
      throws SQLException {
    LaneCursor cursor = cursors.last(lane, layout.generation());
    if (cursor == null || cursor.closed()) {
      throw notRefused(event, List.of());
    }
    if (wasPassed(event, cursor)) {
      return false;
    }
    WaitingAggregate refused =
        refused(event, cursor).orElseThrow(() -> notRefused(event, cursor.waiting()));
    try (OutboxReader reader = readers.open(layout.slots(lane))) {
      commit.all(
          List.of(
              letters.of(lane, row(reader, cursor, refused), refused, verdict),
              cursors.record(lane, cursor.letPass(refused))));
    }
    return true;
  }

  private static OutboxRow row(OutboxReader reader, LaneCursor cursor, WaitingAggregate refused)
      throws SQLException {
    Cursor position = cursor.position();
    if (position == null) {
      throw new QuarantineRefusedException(
          "the lane still joins those that it was made of; try again soon, with a relay running");
    }
    return reader
        .head(position, refused)
        .filter(row -> row.eventId().equals(refused.eventId()))
        .orElseThrow(
            () ->
                new QuarantineRefusedException(
                    "the row of event %s is not where it was (seq %s): it was deleted, or the"
                            .formatted(refused.eventId(), refused.firstSeq())
                        + " database's history changed; within 5 min the relay tries the aggregate"
                        + " again, and then knows what it waits for"));
  }
}
