/** What happens when a stream thread fails, proved. */
@NullMarked
package dev.waybill.consumer.streams;

import org.jspecify.annotations.NullMarked;
