/**
 * The operator's console: is everything flowing, where is my event, do A and B agree, what was
 * refused and how is it put right.
 */
@NullMarked
package dev.waybill.console;

import org.jspecify.annotations.NullMarked;
