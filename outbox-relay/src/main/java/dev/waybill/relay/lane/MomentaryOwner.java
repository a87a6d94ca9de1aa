package dev.waybill.relay.lane;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Owns a lane for a moment, in the owner's own way: initialises the lane's transactional ids, which
 * fences the relay, reads what is stored, and commits what follows from it in one transaction. The
 * relay goes back to what is in Kafka, as after any failure, and finds the new state. Before the
 * commit it finds the old one, and nothing has happened; that is also what a kill leaves. Where
 * somebody was faster, this is fenced and tries again, after a pause that is drawn, so that two who
 * do the same do not keep each other from it.
 */
final class MomentaryOwner {
  private static final int TRIES = 20;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LAST_PAUSE = Duration.ofSeconds(4);
  private static final Duration ABORT_LIMIT = Duration.ofSeconds(5);

  /** What is done while nobody else owns the lane. */
  @FunctionalInterface
  interface Step<T> {
    T take(Commit commit) throws SQLException;
  }

  /** Commits records in one transaction, at most once for each step. */
  @FunctionalInterface
  interface Commit {
    void all(List<ProducerRecord<byte[], byte[]>> records);
  }

  private final LaneProducers producers;

  MomentaryOwner(LaneProducers producers) {
    this.producers = producers;
  }

  /**
   * Takes the step, again when the lane's owner fenced it. Blocks.
   *
   * @throws KafkaException when it is not known to be done; the next try will tell
   */
  <T> T own(int lane, Step<T> step) throws SQLException {
    for (int tries = 1; ; tries++) {
      try {
        return once(lane, step);
      } catch (KafkaException failure) {
        boolean fenced = LaneFailure.of(failure).kind() == LaneFailure.Kind.FENCED;
        if (!fenced || tries == TRIES) {
          throw failure;
        }
        long most = Math.min(FIRST_PAUSE.toNanos() << tries, LAST_PAUSE.toNanos());
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most));
      }
    }
  }

  private <T> T once(int lane, Step<T> step) throws SQLException {
    List<LaneProducer> opened = new ArrayList<>();
    try {
      producers.openAll(lane, opened::add);
      return step.take(records -> commit(opened.get(0).kafka(), records));
    } finally {
      opened.forEach(LaneProducer::close);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a send that failed fails the commit
  private static void commit(
      Producer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> records) {
    try {
      producer.beginTransaction();
      records.forEach(producer::send);
      producer.commitTransaction();
    } finally {
      producer.close(ABORT_LIMIT); // Aborts what is still open, if the broker lets it.
    }
  }
}
