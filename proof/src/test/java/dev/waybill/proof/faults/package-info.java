@NullMarked
package dev.waybill.proof.faults;

import org.jspecify.annotations.NullMarked;
