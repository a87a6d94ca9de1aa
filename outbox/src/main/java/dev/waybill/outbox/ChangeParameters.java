package dev.waybill.outbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.Query;

/**
 * How many parameters the SQL of a change has, which only walking through the change tells, and
 * which is the same for the same SQL. Thread-safe.
 */
final class ChangeParameters {
  /** Changes with their values in the SQL would be without number. */
  private static final int KEPT = 1_000;

  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  int count(String sql, Query change) {
    Integer known = counts.get(sql);
    if (known != null) {
      return known;
    }
    int counted = change.getBindValues().size();
    if (counts.size() < KEPT) {
      counts.put(sql, counted);
    }
    return counted;
  }
}
