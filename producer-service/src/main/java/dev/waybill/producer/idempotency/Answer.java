package dev.waybill.producer.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a request that changed something.
 *
 * @param status 200 to 299
 * @param location of what was made, if anything was
 * @param body JSON; absent when there is nothing to say
 */
public record Answer(int status, @Nullable String location, @Nullable String body) {}
