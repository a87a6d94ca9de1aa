/**
 * Client of a schema registry that speaks Confluent's REST API, and Kafka serializers and
 * deserializers of its wire format: 0, a four-byte schema id, Avro binary. Configured with
 * Confluent's own keys, so that either side can be exchanged for Confluent's classes.
 */
@NullMarked
package dev.waybill.registry;

import org.jspecify.annotations.NullMarked;
