package dev.waybill.proof.lab.ledger;

import java.util.UUID;

/**
 * A booking that is in A's database at the end.
 *
 * @param at when its transaction committed, as PostgreSQL remembers it
 */
public record Committed(UUID id, String account, long version, long at) {}
