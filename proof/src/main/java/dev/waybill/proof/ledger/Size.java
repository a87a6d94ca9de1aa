package dev.waybill.proof.ledger;

/**
 * How large a member's process was at a moment.
 *
 * @param member its name
 * @param pid of the process, which is another one after each start
 * @param bytes of memory that are resident
 * @param files that are open, sockets among them
 */
public record Size(long at, String member, long pid, long bytes, int threads, int files) {}
