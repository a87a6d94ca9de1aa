package dev.waybill.proof.patterns;

import java.util.UUID;

/**
 * What A is asked for.
 *
 * @param id of the booking that comes of it
 * @param branch where it is booked; that there is one is checked when the transaction commits
 * @param strict whether the business day must not be closed meanwhile: the transaction is
 *     serialisable
 */
public record BookingRequest(UUID id, String account, long amount, int branch, boolean strict) {}
