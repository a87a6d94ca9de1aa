/** Where an event is: each hop of its path, with what it waits for. */
@NullMarked
package dev.waybill.console.trace;

import org.jspecify.annotations.NullMarked;
