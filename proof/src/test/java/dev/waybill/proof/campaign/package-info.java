@NullMarked
package dev.waybill.proof.campaign;

import org.jspecify.annotations.NullMarked;
