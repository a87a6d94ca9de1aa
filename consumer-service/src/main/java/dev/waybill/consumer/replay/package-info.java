/** The command that sends dead letters to the topic of replays. */
@NullMarked
package dev.waybill.consumer.replay;

import org.jspecify.annotations.NullMarked;
