/** What B answers over HTTP, from whichever of its instances knows. */
@NullMarked
package dev.waybill.consumer.http;

import org.jspecify.annotations.NullMarked;
