@NullMarked
package dev.waybill.proof.lab.judge;

import org.jspecify.annotations.NullMarked;
