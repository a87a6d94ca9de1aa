/** How Kafka Streams runs: its configuration, its memory, what is done when a thread fails. */
@NullMarked
package dev.waybill.consumer.streams;

import org.jspecify.annotations.NullMarked;
