/**
 * A schema registry for the local stack: the subset of Confluent's REST API that ordinary clients
 * of Avro call, with real compatibility checks and Confluent's error codes. For production use a
 * real one.
 */
@NullMarked
package dev.waybill.stack.registry;

import org.jspecify.annotations.NullMarked;
