@NullMarked
package dev.waybill.proof.ledger;

import org.jspecify.annotations.NullMarked;
