package dev.waybill.console.http;

import dev.waybill.console.letters.Plan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Plans that were shown and not begun yet. Thread-safe. */
final class Plans {
  private static final int MOST = 100;

  private final Map<String, Plan> shown = new LinkedHashMap<>();

  synchronized void keep(Plan plan) {
    shown.put(plan.operation(), plan);
    if (shown.size() > MOST) {
      shown.remove(shown.keySet().iterator().next());
    }
  }

  /** Takes a plan out, for who made it; so it is begun once. */
  synchronized Optional<Plan> take(String operation, String by) {
    Plan plan = shown.get(operation);
    return plan == null || !plan.by().equals(by)
        ? Optional.empty()
        : Optional.ofNullable(shown.remove(operation));
  }
}
