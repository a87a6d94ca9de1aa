/**
 * Publishing one lane, and owning it: the loop, its Kafka transactions and the consumer group that
 * hands lanes out.
 */
@NullMarked
package dev.waybill.relay.lane;

import org.jspecify.annotations.NullMarked;
