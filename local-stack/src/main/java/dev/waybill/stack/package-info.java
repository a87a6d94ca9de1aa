/**
 * The whole path on one machine with nothing installed: a real PostgreSQL, a real Kafka broker and
 * a schema registry, and Waybill's three services as processes of their own beside them. Proof and
 * benchmark stand on it. Everything listens on 127.0.0.1.
 */
@NullMarked
package dev.waybill.stack;

import org.jspecify.annotations.NullMarked;
