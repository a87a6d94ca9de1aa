/** Sends dead letters to the topic of replays, where each takes effect once. */
@NullMarked
package dev.waybill.deduplication.replay;

import org.jspecify.annotations.NullMarked;
