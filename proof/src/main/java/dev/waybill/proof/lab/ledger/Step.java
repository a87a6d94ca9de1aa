package dev.waybill.proof.lab.ledger;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a process wrote down of its work.
 *
 * @param who the process
 * @param id of the booking; null when it is about the process itself
 */
public record Step(String who, long at, @Nullable UUID id, String what) {}
