@NullMarked
package dev.waybill.proof.report;

import org.jspecify.annotations.NullMarked;
