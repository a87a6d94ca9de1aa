/**
 * The mover: publishes what committed in A's outbox to Kafka, every row once for {@code
 * read_committed} readers and in causal order for each aggregate. It only ever reads from A.
 */
@NullMarked
package dev.waybill.relay;

import org.jspecify.annotations.NullMarked;
