/**
 * What is told of the lanes: the log, the metrics and readiness, and whether the writer has more
 * lanes than the relay.
 */
@NullMarked
package dev.waybill.relay.watch;

import org.jspecify.annotations.NullMarked;
