package dev.waybill.relay.lane;

import static java.util.stream.Collectors.joining;

import dev.waybill.relay.cursor.CursorRecords;
import dev.waybill.relay.cursor.LaneCursor;
import dev.waybill.relay.cursor.WaitingAggregate;
import dev.waybill.relay.source.OutboxReader;
import dev.waybill.relay.source.OutboxRow;
import dev.waybill.relay.topic.DeadLetters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Lets an event pass for which an aggregate waits: a dead letter, and in the same transaction the
 * lane's cursor, in which the event is quarantined and those behind it come next.
 *
 * <p>Only a lane's owner writes its cursor, so this becomes the owner for a moment, in the owner's
 * own way: it initialises the lane's transactional ids, which fences the relay, and then reads the
 * cursor. The relay goes back to the cursor in Kafka, as after any failure, and finds the new one.
 * Before the commit it finds the old one, and nothing has happened; that is also what a kill
 * leaves. Where the relay was faster, this is fenced and tries again.
 */
public final class Quarantine {
  private static final int TRIES = 20;
  private static final Duration READ_LIMIT = Duration.ofSeconds(30);
  private static final Duration ABORT_LIMIT = Duration.ofSeconds(5);

  private final Lanes.KafkaSide kafka;
  private final Lanes.Readers readers;
  private final DeadLetters letters;
  private final LaneProducers producers;
  private final CursorTopic cursors;

  /** Opens nothing yet. */
  public Quarantine(Lanes.KafkaSide kafka, Lanes.Readers readers, DeadLetters letters) {
    this.kafka = kafka;
    this.readers = readers;
    this.letters = letters;
    this.producers =
        new LaneProducers(kafka, List.of(letters.partition()), new SimpleMeterRegistry());
    this.cursors = new CursorTopic(kafka);
  }

  /**
   * Lets the event pass. Blocks. No lane is disturbed but the one in which an aggregate waits for
   * the event.
   *
   * @param lanes how many there are
   * @return whether it was done now; if not, it was done before
   * @throws QuarantineRefusedException when no aggregate waits for the event
   * @throws SQLException when the database is away; nothing was changed
   * @throws KafkaException when it is not known to be done; the next try will tell
   */
  public boolean letPass(UUID event, int lanes, DeadLetters.Verdict verdict) throws SQLException {
    int lane = laneOf(event, lanes);
    for (int tries = 1; ; tries++) {
      try {
        return letPassIn(lane, event, verdict);
      } catch (KafkaException failure) {
        boolean fenced = LaneFailure.of(failure).kind() == LaneFailure.Kind.FENCED;
        if (!fenced || tries == TRIES) {
          throw failure;
        }
      }
    }
  }

  private int laneOf(UUID event, int lanes) {
    List<WaitingAggregate> waiting = new ArrayList<>();
    try (CursorRecords records =
        new CursorRecords(kafka.relay(), kafka.cursorTopic(), kafka.clientConfig(), READ_LIMIT)) {
      for (int lane = 0; lane < lanes; lane++) {
        LaneCursor cursor = records.last(lane, records.readableEnd(lane));
        if (cursor != null && (wasPassed(event, cursor) || refused(event, cursor).isPresent())) {
          return lane;
        }
        waiting.addAll(cursor == null ? List.of() : cursor.waiting());
      }
    }
    throw notRefused(event, waiting);
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

  private boolean letPassIn(int lane, UUID event, DeadLetters.Verdict verdict) throws SQLException {
    List<LaneProducer> opened = new ArrayList<>();
    try (OutboxReader reader = readers.open(lane)) {
      producers.openAll(lane, opened::add);
      LaneCursor cursor = cursors.last(lane);
      if (cursor == null) {
        throw notRefused(event, List.of());
      }
      if (wasPassed(event, cursor)) {
        return false;
      }
      WaitingAggregate refused =
          refused(event, cursor).orElseThrow(() -> notRefused(event, cursor.waiting()));
      LaneCursor next = cursor.letPass(refused);
      commit(
          opened.get(0).kafka(),
          letters.of(lane, row(reader, cursor, refused), refused, verdict),
          cursors.record(lane, next.position(), next.waiting(), next.quarantined()));
      return true;
    } finally {
      opened.forEach(LaneProducer::close);
    }
  }

  private static OutboxRow row(OutboxReader reader, LaneCursor cursor, WaitingAggregate refused)
      throws SQLException {
    return reader
        .head(cursor.position(), refused)
        .filter(row -> row.eventId().equals(refused.eventId()))
        .orElseThrow(
            () ->
                new QuarantineRefusedException(
                    "the row of event %s is not where it was (seq %s): it was deleted, or the"
                            .formatted(refused.eventId(), refused.firstSeq())
                        + " database's history changed; within 5 min the relay tries the aggregate"
                        + " again, and then knows what it waits for"));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a send that failed fails the commit
  private static void commit(
      Producer<byte[], byte[]> producer,
      ProducerRecord<byte[], byte[]> letter,
      ProducerRecord<byte[], byte[]> cursor) {
    try {
      producer.beginTransaction();
      producer.send(letter);
      producer.send(cursor);
      producer.commitTransaction();
    } finally {
      producer.close(ABORT_LIMIT); // Aborts what is still open, if the broker lets it.
    }
  }
}
