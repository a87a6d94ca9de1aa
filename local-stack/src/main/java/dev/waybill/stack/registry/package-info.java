/**
 * A schema registry for the local stack: Confluent's REST API as far as clients of this repository
 * and its scripts use it, with real compatibility checks. For production use a real one.
 */
@NullMarked
package dev.waybill.stack.registry;

import org.jspecify.annotations.NullMarked;
