@NullMarked
package dev.waybill.proof.checker;

import org.jspecify.annotations.NullMarked;
