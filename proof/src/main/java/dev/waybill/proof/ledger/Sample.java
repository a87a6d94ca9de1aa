package dev.waybill.proof.ledger;

import java.util.Map;

/**
 * How it stood at a moment; one is taken each second.
 *
 * @param committed events in A, as far as A's database could be asked
 * @param published different events that the reader of the topic had
 * @param notified different events of which B had notified
 * @param notReady why each service was not ready, by its name; those that were are left out
 */
public record Sample(
    long at, long committed, long published, long notified, Map<String, String> notReady) {
  public Sample {
    notReady = Map.copyOf(notReady);
  }
}
