/** B's queries, without a broker, proved. */
@NullMarked
package dev.waybill.consumer.http;

import org.jspecify.annotations.NullMarked;
