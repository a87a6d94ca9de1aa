package dev.waybill.producer.load;

import java.time.Duration;
import java.time.Instant;

/**
 * One request on the wire; a change may need several.
 *
 * @param at when it was sent
 * @param took until the answer, or until it was given up
 * @param key the idempotency key, the same for each attempt at one change
 * @param status of the answer; 0 when there was none
 * @param body of the answer; empty when there was none
 */
public record Attempt(
    Instant at, Duration took, String key, String method, String path, int status, String body) {}
