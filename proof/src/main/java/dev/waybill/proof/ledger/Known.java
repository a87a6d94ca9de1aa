package dev.waybill.proof.ledger;

import java.util.UUID;

/**
 * What B says of an event at rest.
 *
 * @param applied whether it took effect; else it is a dead letter
 * @param duplicates how many more records of it B has dropped
 * @param at when B decided
 */
public record Known(UUID eventId, boolean applied, long duplicates, long at) {}
