package dev.waybill.proof.ledger;

import org.jspecify.annotations.Nullable;

/**
 * The end of a run; the last line of a ledger that is whole.
 *
 * @param at when everything that was to be read was read
 * @param openTransactions partitions of the topics behind whose end a transaction was open still
 * @param worldFailed why the world could not be attacked or read any further, in words; null when
 *     it could
 * @param neverReady which service was not ready again when the world was whole, and why, in words;
 *     null when all were
 */
public record Rest(
    long at, int openTransactions, @Nullable String worldFailed, @Nullable String neverReady) {}
