/** Whether everything flows: what each hop does at the moment, and what is wrong, in words. */
@NullMarked
package dev.waybill.console.flow;

import org.jspecify.annotations.NullMarked;
