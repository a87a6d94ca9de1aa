/** What is refused about topics, proved. */
@NullMarked
package dev.waybill.consumer.topics;

import org.jspecify.annotations.NullMarked;
