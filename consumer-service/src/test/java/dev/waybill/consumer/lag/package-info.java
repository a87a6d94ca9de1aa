/** B's lag, proved. */
@NullMarked
package dev.waybill.consumer.lag;

import org.jspecify.annotations.NullMarked;
