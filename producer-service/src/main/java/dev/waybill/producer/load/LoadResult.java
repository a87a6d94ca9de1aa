package dev.waybill.producer.load;

import java.util.List;

/**
 * How a run ended.
 *
 * @param orders every order whose placing was acknowledged
 * @param failures what went wrong, in words; the first few
 */
public record LoadResult(LoadProgress progress, List<LoadedOrder> orders, List<String> failures) {
  public LoadResult {
    orders = List.copyOf(orders);
    failures = List.copyOf(failures);
  }

  /** Whether every request got its expected answer. */
  public boolean complete() {
    return progress.failed() == 0;
  }
}
