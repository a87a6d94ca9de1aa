/** The commands, proved. */
@NullMarked
package dev.waybill.console.cli;

import org.jspecify.annotations.NullMarked;
