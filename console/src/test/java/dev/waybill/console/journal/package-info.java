/** The journal, proved. */
@NullMarked
package dev.waybill.console.journal;

import org.jspecify.annotations.NullMarked;
