/** B's topology, without a broker, proved. */
@NullMarked
package dev.waybill.consumer.orders;

import org.jspecify.annotations.NullMarked;
