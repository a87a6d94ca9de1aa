/** What is told of the lanes: the log, the metrics and readiness. */
@NullMarked
package dev.waybill.relay.watch;

import org.jspecify.annotations.NullMarked;
