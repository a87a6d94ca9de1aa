package dev.waybill.console.audit;

import dev.waybill.console.systems.OutboxEvent;

/**
 * An aggregate of which not all events took effect.
 *
 * @param first the first of those that did not
 * @param events how many did not
 * @param last the last version that A has in these minutes
 */
record Behind(OutboxEvent first, int events, long last) {

  /** Its first event that did not take effect. */
  static Behind at(OutboxEvent event) {
    return new Behind(event, 1, event.version());
  }

  /** And a later event of the same aggregate. */
  Behind then(OutboxEvent event, boolean isApplied) {
    return new Behind(first, events + (isApplied ? 0 : 1), Math.max(last, event.version()));
  }
}
