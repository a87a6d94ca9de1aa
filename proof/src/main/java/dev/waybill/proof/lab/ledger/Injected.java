package dev.waybill.proof.lab.ledger;

/**
 * A fault.
 *
 * @param name of its kind
 * @param what was done, in words
 * @param hurtsA whether it is A's own: then a request may fail
 * @param began when it was begun
 * @param ended when all was whole again
 * @param tookEffect whether what was to happen did
 */
public record Injected(
    int seed,
    String name,
    String what,
    boolean hurtsA,
    long began,
    long ended,
    boolean tookEffect) {}
