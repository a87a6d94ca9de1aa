package dev.waybill.proof.ledger;

import org.jspecify.annotations.Nullable;

/**
 * A request to A, each attempt by itself.
 *
 * @param at when it was sent
 * @param tookMillis until the answer, or until it was given up
 * @param key its idempotency key
 * @param call method and path
 * @param status of the answer; 0 when there was none
 * @param orderId that the answer tells; null when it tells none
 * @param version of the order in the answer; 0 when it tells none
 */
public record Request(
    long at,
    long tookMillis,
    String key,
    String call,
    int status,
    @Nullable String orderId,
    long version) {}
