/**
 * System A: orders over HTTP. Each change is one PostgreSQL transaction that also appends the
 * change's event to the outbox; nothing else is needed for a request to succeed.
 */
@NullMarked
package dev.waybill.producer;

import org.jspecify.annotations.NullMarked;
