/**
 * Requests that may come twice: the answer of a change is kept under the request's {@code
 * Idempotency-Key}, in the transaction of the change, and given again to whoever repeats the
 * request. Knows nothing of orders.
 */
@NullMarked
package dev.waybill.producer.idempotency;

import org.jspecify.annotations.NullMarked;
