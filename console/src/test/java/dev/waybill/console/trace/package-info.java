/** Traces, proved. */
@NullMarked
package dev.waybill.console.trace;

import org.jspecify.annotations.NullMarked;
