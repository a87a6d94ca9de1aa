package dev.waybill.producer.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/** What a failed statement means for the request that sent it; by PostgreSQL's error codes. */
public enum SqlFailure {
  /** Two transactions were in each other's way: this one did nothing, and may run again at once. */
  CONFLICT,
  /** A lock was not granted in time; the transaction did nothing. */
  LOCKED,
  /** The server ended a statement that took too long; the transaction did nothing. */
  SLOW,
  /** No connection was free in time; nothing was sent. */
  EXHAUSTED,
  /** The database is away, full or read-only. Whether a COMMIT took place may be unknown. */
  AWAY,
  /** Anything else: a fault of this service. */
  BUG;

  private static final Set<String> AWAY_CLASSES = Set.of("08", "53", "57", "58");
  private static final Set<String> AWAY_STATES = Set.of("25006", "25P03", "25P04");

  public static SqlFailure of(DataAccessException failure) {
    SQLException cause = failure.getCause(SQLException.class);
    if (cause instanceof SQLTransientConnectionException && cause.getCause() == null) {
      return EXHAUSTED;
    }
    String state = cause == null || cause.getSQLState() == null ? "" : cause.getSQLState();
    return switch (state) {
      case "40001", "40P01" -> CONFLICT;
      case "55P03" -> LOCKED;
      case "57014" -> SLOW;
      default -> isAway(cause, state) ? AWAY : BUG;
    };
  }

  private static boolean isAway(@Nullable SQLException cause, String state) {
    return cause instanceof SQLTransientConnectionException
        || AWAY_STATES.contains(state)
        || (state.length() == 5 && AWAY_CLASSES.contains(state.substring(0, 2)));
  }
}
