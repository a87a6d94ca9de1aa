package dev.waybill.proof.checker;

import dev.waybill.proof.ledger.Fault;

/**
 * How long it took after a fault until B had applied what was committed before the fault's end.
 *
 * @param millis from the fault's end; 0 when nothing waited any more
 * @param judged false when another fault came before it was over: then it took longer than {@code
 *     millis}, and the other fault's recovery says how long
 */
public record Recovery(Fault fault, long millis, boolean judged) {}
