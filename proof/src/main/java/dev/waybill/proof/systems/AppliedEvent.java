package dev.waybill.proof.systems;

import java.time.Instant;

/**
 * What B's stores say of an event id.
 *
 * @param applied whether it took effect
 * @param duplicates how many more of it B has dropped
 */
public record AppliedEvent(boolean applied, int duplicates, Instant at) {}
