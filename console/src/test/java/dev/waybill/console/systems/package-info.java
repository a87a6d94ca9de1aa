/** What is asked of the systems, proved. */
@NullMarked
package dev.waybill.console.systems;

import org.jspecify.annotations.NullMarked;
