/** The commands up, down and status of {@code ./waybill}, and how any of its commands is run. */
@NullMarked
package dev.waybill.stack.cli;

import org.jspecify.annotations.NullMarked;
