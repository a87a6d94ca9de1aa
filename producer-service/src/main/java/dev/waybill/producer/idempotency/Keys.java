package dev.waybill.producer.idempotency;

import static dev.waybill.producer.jooq.Tables.IDEMPOTENCY_KEY;

import dev.waybill.producer.database.SqlFailure;
import org.jooq.Configuration;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/** The statements on the table {@code idempotency_key} that a request sends. */
final class Keys {
  private Keys() {}

  /**
   * Takes the key for this transaction. If another transaction holds it, waits for that one's end.
   *
   * @return whether it was free; if not, its answer is there to be read
   * @throws KeyInProgressException when the wait was too long
   */
  static boolean claim(Configuration tx, KeyedRequest request) {
    try {
      return tx.dsl()
              .insertInto(IDEMPOTENCY_KEY)
              .set(IDEMPOTENCY_KEY.KEY, request.key())
              .set(IDEMPOTENCY_KEY.FINGERPRINT, request.fingerprint())
              .onConflictDoNothing()
              .execute()
          == 1;
    } catch (DataAccessException failure) {
      if (SqlFailure.of(failure) == SqlFailure.LOCKED) {
        throw new KeyInProgressException(request.key(), failure);
      }
      throw failure;
    }
  }

  static void store(Configuration tx, KeyedRequest request, Answer answer) {
    tx.dsl()
        .update(IDEMPOTENCY_KEY)
        .set(IDEMPOTENCY_KEY.STATUS, (short) answer.status())
        .set(IDEMPOTENCY_KEY.LOCATION, answer.location())
        .set(IDEMPOTENCY_KEY.BODY, answer.body())
        .where(IDEMPOTENCY_KEY.KEY.eq(request.key()))
        .execute();
  }

  /**
   * The answer that the request got when it came first.
   *
   * @return null when the key has just been deleted, its retention being over
   * @throws KeyReusedException when the key is another request's
   */
  static @Nullable Answer find(Configuration tx, KeyedRequest request) {
    Record row =
        tx.dsl()
            .selectFrom(IDEMPOTENCY_KEY)
            .where(IDEMPOTENCY_KEY.KEY.eq(request.key()))
            .fetchOne();
    if (row == null) {
      return null;
    }
    if (!request.hasFingerprint(row.get(IDEMPOTENCY_KEY.FINGERPRINT))) {
      throw new KeyReusedException(request.key());
    }
    return new Answer(
        row.get(IDEMPOTENCY_KEY.STATUS),
        row.get(IDEMPOTENCY_KEY.LOCATION),
        row.get(IDEMPOTENCY_KEY.BODY));
  }
}
