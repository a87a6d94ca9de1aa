/** The replay of dead letters, proved. */
@NullMarked
package dev.waybill.consumer.replay;

import org.jspecify.annotations.NullMarked;
