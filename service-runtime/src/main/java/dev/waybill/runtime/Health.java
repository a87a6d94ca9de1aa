package dev.waybill.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The reasons why a service is not ready, or not even live, each asked of the part that knows.
 * Thread-safe; a check must return at once (it reports what the part last saw, it does not go and
 * look).
 */
public final class Health {
  private final Map<String, Supplier<Optional<String>>> checks = new ConcurrentHashMap<>();
  private final Map<String, Supplier<Optional<String>>> liveChecks = new ConcurrentHashMap<>();

  /**
   * Adds a check, or replaces the one of that name.
   *
   * @param notReady why the part is not ready, in words for the person on call; empty when it is
   */
  public void readyUnless(String name, Supplier<Optional<String>> notReady) {
    checks.put(name, notReady);
  }

  /**
   * Adds a check of whether the process is of any use still, or replaces the one of that name.
   *
   * @param notLive why only a restart can help, in words; empty when that is not so
   */
  public void liveUnless(String name, Supplier<Optional<String>> notLive) {
    liveChecks.put(name, notLive);
  }

  /** The reasons by name of check, without secrets; empty means ready. */
  public Map<String, String> reasonsNotReady() {
    return reasons(checks);
  }

  /** The reasons by name of check, without secrets; empty means live. */
  public Map<String, String> reasonsNotLive() {
    return reasons(liveChecks);
  }

  private static Map<String, String> reasons(Map<String, Supplier<Optional<String>>> checks) {
    Map<String, String> reasons = new LinkedHashMap<>();
    checks.forEach(
        (name, check) -> check.get().ifPresent(reason -> reasons.put(name, Secrets.hide(reason))));
    return reasons;
  }
}
