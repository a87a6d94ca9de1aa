@NullMarked
package dev.waybill.proof.lab.ledger;

import org.jspecify.annotations.NullMarked;
