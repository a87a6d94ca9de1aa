/**
 * What is B's in Kafka: its group, how far that has read, and its internal topics. Whether they are
 * what B left behind when it stopped, and whether they stay so while it runs.
 */
@NullMarked
package dev.waybill.consumer.belongings;

import org.jspecify.annotations.NullMarked;
