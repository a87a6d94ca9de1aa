package dev.waybill.producer.idempotency;

import dev.waybill.producer.database.SqlFailure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the work of a request in one transaction, and that of a request with a key once.
 *
 * <p>The key's row is inserted first, in the transaction of the work. The key's unique index is
 * what makes two requests with one key take turns: the second waits inside its insert until the
 * first ends, then finds its answer, or, when the first rolled back, does the work itself.
 *
 * <p>Thread-safe. PostgreSQL's {@code READ COMMITTED} is enough, and is what it is written for.
 */
public final class Transactions {
  /** The first and two more: a conflict that repeats is left to the client. */
  static final int ATTEMPTS = 3;

  private final DSLContext database;
  private final Counter replays;
  private final Counter retries;

  public Transactions(DSLContext database, MeterRegistry metrics) {
    this.database = database;
    this.replays =
        Counter.builder("waybill.producer.idempotent.replays")
            .description("Requests answered with the answer of an earlier one with their key")
            .register(metrics);
    this.retries =
        Counter.builder("waybill.producer.transaction.retries")
            .description("Transactions run again after a deadlock or serialization failure")
            .register(metrics);
  }

  /** The work of one request; may run more than once, each time in a new transaction. */
  @FunctionalInterface
  public interface Work {

    /**
     * Does it.
     *
     * @throws RuntimeException to refuse the request: the transaction is rolled back, the key is
     *     free again
     */
    Answer run(Configuration tx);
  }

  /**
   * What became of a request.
   *
   * @param replayed whether an earlier request did the work
   */
  public record Outcome(Answer answer, boolean replayed) {}

  /**
   * Runs the work and commits, or gives the answer of the request that did so before.
   *
   * @param request null for a request without a key
   * @throws KeyReusedException when the key is another request's
   * @throws KeyInProgressException when another request with the key takes too long
   * @throws DataAccessException when the database fails. Nothing was written, unless the connection
   *     broke during COMMIT: then nobody can know, and only a key makes it safe to try again.
   * @throws RuntimeException what the work threw; nothing was written
   */
  public Outcome run(@Nullable KeyedRequest request, Work work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return database.transactionResult(tx -> inside(tx, request, work));
      } catch (DataAccessException failure) {
        if (SqlFailure.of(failure) != SqlFailure.CONFLICT || attempt == ATTEMPTS) {
          throw failure;
        }
        retries.increment();
      }
    }
  }

  private Outcome inside(Configuration tx, @Nullable KeyedRequest request, Work work) {
    if (request == null) {
      return new Outcome(work.run(tx), false);
    }
    if (!Keys.claim(tx, request)) {
      return replay(tx, request);
    }
    Answer answer = work.run(tx);
    Keys.store(tx, request, answer);
    return new Outcome(answer, false);
  }

  private Outcome replay(Configuration tx, KeyedRequest request) {
    Answer earlier = Keys.find(tx, request);
    if (earlier == null) {
      throw new KeyInProgressException(request.key(), null);
    }
    replays.increment();
    return new Outcome(earlier, true);
  }
}
