package dev.waybill.proof.lab.ledger;

import java.util.UUID;

/**
 * An effect in B. Within a ledger each B's are in the order in which they happened for each
 * account.
 *
 * @param at when it took effect
 */
public record Told(B b, UUID id, String account, long version, long at) {}
