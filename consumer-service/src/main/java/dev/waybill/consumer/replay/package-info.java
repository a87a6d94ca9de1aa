/** Puts dead letters back into the topic that they came from. */
@NullMarked
package dev.waybill.consumer.replay;

import org.jspecify.annotations.NullMarked;
