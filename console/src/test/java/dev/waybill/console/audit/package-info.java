/** Audits, proved. */
@NullMarked
package dev.waybill.console.audit;

import org.jspecify.annotations.NullMarked;
