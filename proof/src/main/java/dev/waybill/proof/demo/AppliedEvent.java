package dev.waybill.proof.demo;

import java.time.Instant;

/**
 * What B's stores say of an event id.
 *
 * @param applied whether it took effect
 * @param duplicates how many more of it B has dropped
 */
record AppliedEvent(boolean applied, int duplicates, Instant at) {}
