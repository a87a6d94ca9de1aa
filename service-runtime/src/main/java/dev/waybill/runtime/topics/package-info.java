/**
 * What the services that start beside Kafka do alike about topics: wait for Kafka, look at a topic,
 * create it unless somebody was faster, and say how a setting is put right. What a topic has to be
 * like is each service's own business.
 *
 * <p>Needs {@code kafka-clients}, an optional dependency of this module: a service without Kafka is
 * not given it.
 */
@NullMarked
package dev.waybill.runtime.topics;

import org.jspecify.annotations.NullMarked;
