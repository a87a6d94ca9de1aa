/** The deduplication in a topology that is somebody else's, on real Kafka. */
@NullMarked
package dev.waybill.proof.deduplication;

import org.jspecify.annotations.NullMarked;
