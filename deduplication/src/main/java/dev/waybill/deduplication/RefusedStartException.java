package dev.waybill.deduplication;

import java.util.List;

/** A topology must not be started as it is. Its message has every reason; nothing was changed. */
public final class RefusedStartException extends IllegalStateException {
  private final transient List<String> refusals;

  RefusedStartException(String name, List<String> refusals) {
    super("deduplication " + name + " must not start:\n  " + String.join("\n  ", refusals));
    this.refusals = List.copyOf(refusals);
  }

  /** What is wrong, in words. */
  public List<String> refusals() {
    return refusals;
  }
}
