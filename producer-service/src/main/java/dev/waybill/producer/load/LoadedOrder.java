package dev.waybill.producer.load;

import java.util.UUID;

/**
 * An order whose placing was acknowledged.
 *
 * @param version that of its last acknowledged change
 * @param erased whether that change was its erasure
 */
public record LoadedOrder(UUID id, long version, boolean erased) {}
