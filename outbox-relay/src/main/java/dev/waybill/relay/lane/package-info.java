/**
 * Publishing one lane, and owning it: the loop, its Kafka transactions, the consumer group that
 * hands lanes out, and who is told of each step.
 */
@NullMarked
package dev.waybill.relay.lane;

import org.jspecify.annotations.NullMarked;
