/** The console's commands. */
@NullMarked
package dev.waybill.console.cli;

import org.jspecify.annotations.NullMarked;
