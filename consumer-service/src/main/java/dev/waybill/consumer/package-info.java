/** System B: applies each event of the orders once, and answers what it knows. */
@NullMarked
package dev.waybill.consumer;

import org.jspecify.annotations.NullMarked;
