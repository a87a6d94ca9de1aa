@NullMarked
package dev.waybill.proof.mutants;

import org.jspecify.annotations.NullMarked;
