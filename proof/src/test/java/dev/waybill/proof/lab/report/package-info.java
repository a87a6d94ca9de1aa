@NullMarked
package dev.waybill.proof.lab.report;

import org.jspecify.annotations.NullMarked;
