package dev.waybill.outbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.Query;

/**
 * How many parameters the SQL of a change has, which only walking through the change tells, and
 * which is the same for the same SQL. Thread-safe.
 */
final class ChangeParameters {
  /** SQL with values in its text is without number, and may be of any length. */
  private static final int MAX_KEPT = 1_000;

  private static final int MAX_KEPT_LENGTH = 10_000;

  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  int count(String sql, Query change) {
    Integer known = counts.get(sql);
    if (known != null) {
      return known;
    }
    int counted = change.getBindValues().size();
    if (counts.size() < MAX_KEPT && sql.length() <= MAX_KEPT_LENGTH) {
      counts.put(sql, counted);
    }
    return counted;
  }
}
