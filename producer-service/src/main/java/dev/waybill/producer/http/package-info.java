/**
 * The HTTP API of orders: routes, and the checks that every request passes before a transaction is
 * begun for it.
 */
@NullMarked
package dev.waybill.producer.http;

import org.jspecify.annotations.NullMarked;
