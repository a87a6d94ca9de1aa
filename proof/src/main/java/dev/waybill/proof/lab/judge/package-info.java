/** What a ledger of the lab says: pure functions, each number by set difference. */
@NullMarked
package dev.waybill.proof.lab.judge;

import org.jspecify.annotations.NullMarked;
