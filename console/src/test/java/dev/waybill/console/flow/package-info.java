/** The picture of the path, proved. */
@NullMarked
package dev.waybill.console.flow;

import org.jspecify.annotations.NullMarked;
