/** Where a lane stands: snapshots, the window between two of them, and their record in Kafka. */
@NullMarked
package dev.waybill.relay.cursor;

import org.jspecify.annotations.NullMarked;
