/** The command line {@code ./waybill}: up, down, status, demo and bench. */
@NullMarked
package dev.waybill.stack.cli;

import org.jspecify.annotations.NullMarked;
