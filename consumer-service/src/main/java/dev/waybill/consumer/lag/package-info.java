/** How old the oldest event is that was not applied yet. */
@NullMarked
package dev.waybill.consumer.lag;

import org.jspecify.annotations.NullMarked;
